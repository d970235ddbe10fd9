package io.holdfast.core;

import io.holdfast.core.store.Arena;
import io.holdfast.core.store.Bytes;
import io.holdfast.core.store.RefIndex;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.agrona.DirectBuffer;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * The drops in memory, by name and by number, and what is kept of archived ones: every name, and the last image of the
 * most recent, so that a repeated archiving gets the answer that the first one got.
 */
final class DropTable extends RefIndex {
    private final long seed;
    private final Int2ObjectHashMap<Drop> byNumber = new Int2ObjectHashMap<>();
    private final List<Drop> inOrder = new ArrayList<>();
    private final Set<String> archivedNames = new LinkedHashSet<>();
    private final Map<String, byte[]> archivedImages = new LinkedHashMap<>();

    /** Archived drops whose records are not all freed yet, by archiving; nothing but freeing finds those any more. */
    private final Queue<Drop> toReclaim = new ArrayDeque<>();

    /** The drop that was found last: most commands in a row name the same one. */
    private Drop latest;

    private DirectBuffer wanted;
    private int wantedOffset;
    private int wantedLength;

    DropTable(final Arena arena, final long seed) {
        super(arena);
        this.seed = seed;
    }

    /** The drop of that name, or null. */
    Drop find(final DirectBuffer name, final int offset, final int length) {
        if (latest != null && latest.isNamed(name, offset, length)) {
            return latest;
        }
        wanted = name;
        wantedOffset = offset;
        wantedLength = length;
        final int number = find(Bytes.hash(seed, name, offset, length));
        if (number == Arena.NONE) {
            return null;
        }
        latest = byNumber.get(number);
        return latest;
    }

    /** The drop of that number, or null. */
    Drop get(final int number) {
        if (latest != null && latest.number == number) {
            return latest;
        }
        return byNumber.get(number);
    }

    @Override
    protected boolean matches(final int number) {
        return byNumber.get(number).isNamed(wanted, wantedOffset, wantedLength);
    }

    void add(final Drop drop) {
        byNumber.put(drop.number, drop);
        inOrder.add(drop);
        insert(Bytes.hash(seed, drop.id, 0, drop.id.capacity()), drop.number);
    }

    /** Forgets the drop but for its name and its last image; older images beyond the maximum go. */
    void archive(final Drop drop, final byte[] image, final int imagesMax) {
        latest = null;
        delete(Bytes.hash(seed, drop.id, 0, drop.id.capacity()), drop.number);
        byNumber.remove(drop.number);
        inOrder.remove(drop);
        final String name = drop.id.getStringWithoutLengthAscii(0, drop.id.capacity());
        toReclaim.add(drop);
        archivedNames.add(name);
        archivedImages.put(name, image);
        for (int i = 0; i < 2 && archivedImages.size() > imagesMax; i++) {
            archivedImages.remove(archivedImages.keySet().iterator().next());
        }
    }

    /** The drops in memory by number. */
    List<Drop> inOrder() {
        return inOrder;
    }

    /** Names of archived drops in the order of archiving. */
    Set<String> archivedNames() {
        return archivedNames;
    }

    /** The last images of the most recently archived drops, {@code DropImage} with its header, by name. */
    Map<String, byte[]> archivedImages() {
        return archivedImages;
    }

    Queue<Drop> toReclaim() {
        return toReclaim;
    }

    /** The archived drop of that number, if some of its records are not freed yet, or null. */
    Drop findReclaimable(final int number) {
        for (final Drop drop : toReclaim) {
            if (drop.number == number) {
                return drop;
            }
        }
        return null;
    }

    int namesTaken() {
        return archivedNames.size() + inOrder.size();
    }
}
