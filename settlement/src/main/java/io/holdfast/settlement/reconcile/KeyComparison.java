package io.holdfast.settlement.reconcile;

import io.holdfast.settlement.reconcile.MirrorState.LiveHold;
import io.holdfast.settlement.reconcile.RedisSession.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeSet;

/** Compares one key of the mirror with what it should hold. */
final class KeyComparison {
    static final String HOLD = "hold";
    static final String STOCK = "stock";

    private static final String TTL = "time to live";
    private static final long FOR_EVER = -1;

    private final LogicalTime time;

    KeyComparison(final LogicalTime time) {
        this.time = time;
    }

    /** What differs in a hold; empty when nothing does, or when it is about to end. */
    List<Difference> hold(final String id, final Optional<LiveHold> expected, final Found found) {
        if (expected.isPresent() && time.isEnding(expected.get().endsAtMs())) {
            return List.of();
        }
        final List<Difference> differences = fields(HOLD, id, expected.map(LiveHold::fields), found);
        if (differences.isEmpty()
                && expected.isPresent()
                && !time.isRight(found.ttlMs(), expected.get().endsAtMs())) {
            final String journal =
                    "that it ends at " + Table.time(expected.get().endsAtMs());
            differences.add(difference(HOLD, id, TTL, journal, end(found.ttlMs())));
        }
        return differences;
    }

    /** What differs in the stock of a drop. */
    List<Difference> stock(final String drop, final Optional<Map<String, String>> expected, final Found found) {
        final List<Difference> differences = fields(STOCK, drop, expected, found);
        if (differences.isEmpty() && expected.isPresent() && found.ttlMs() != FOR_EVER) {
            differences.add(difference(STOCK, drop, TTL, "that it stays", end(found.ttlMs())));
        }
        return differences;
    }

    private String end(final long ttlMs) {
        return ttlMs < 0 ? "for ever" : "until " + Table.time(time.endOf(ttlMs));
    }

    private static List<Difference> fields(
            final String kind, final String key, final Optional<Map<String, String>> expected, final Found found) {
        final List<Difference> differences = new ArrayList<>();
        if (expected.isEmpty()) {
            if (found.isThere()) {
                differences.add(difference(kind, key, Difference.EXTRA, "", words(found)));
            }
            return differences;
        }
        if (!found.isThere()) {
            differences.add(difference(kind, key, Difference.MISSING, words(expected.get()), ""));
            return differences;
        }
        if (!found.isHash()) {
            differences.add(difference(kind, key, "type", "a hash", "something else"));
            return differences;
        }
        final TreeSet<String> names = new TreeSet<>(expected.get().keySet());
        names.addAll(found.fields().keySet());
        for (final String name : names) {
            final String wanted = expected.get().get(name);
            final String there = found.fields().get(name);
            if (wanted == null || !wanted.equals(there)) {
                differences.add(difference(
                        kind, key, name, wanted == null ? "nothing" : wanted, there == null ? "not there" : there));
            }
        }
        return differences;
    }

    private static String words(final Found found) {
        return found.isHash() ? words(found.fields()) : "no hash";
    }

    private static String words(final Map<String, String> fields) {
        final StringJoiner words = new StringJoiner(", ");
        fields.forEach((name, value) -> words.add(name + " " + value));
        return words.toString();
    }

    private static Difference difference(
            final String kind, final String key, final String what, final String journal, final String found) {
        return new Difference(Difference.REDIS, kind, key, what, journal, found);
    }

    /** What stays the same while a difference stands: a time to live runs on. */
    static String contentOf(final List<Difference> differences) {
        final StringJoiner content = new StringJoiner("\n");
        for (final Difference each : differences) {
            content.add(TTL.equals(each.what()) ? TTL : each.toString());
        }
        return content.toString();
    }
}
