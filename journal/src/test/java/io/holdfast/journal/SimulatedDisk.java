package io.holdfast.journal;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A disk in memory that remembers what is durable, and can lose the rest.
 *
 * <p>Power loss keeps, of what was not synced, a random subset: of the written sectors of 512 bytes each, of
 * lengths, of names. What was synced stays. Any thread.
 */
public final class SimulatedDisk implements JournalFiles {
    private static final int SECTOR = 512;

    private final Map<Path, Inode> names = new TreeMap<>();
    private final Map<Path, Inode> durableNames = new TreeMap<>();
    private final TreeSet<Path> directories = new TreeSet<>();
    private final List<NameChange> changes = new ArrayList<>();
    private long capacityBytes = Long.MAX_VALUE / 2;
    private boolean isLocked;
    private Path mount;

    /** What one file holds, now and after a loss of power. */
    private static final class Inode {
        private byte[] bytes = new byte[0];
        private byte[] durable = new byte[0];
        private final BitSet dirtySectors = new BitSet();

        /** What was durable is there again after a loss of power, until a sync. */
        void empty() {
            dirtySectors.set(0, sectors(bytes.length));
            bytes = new byte[0];
        }
    }

    /**
     * A rename when there are two paths, a delete without inode, else a create. A rename says which file has the name
     * from then on, as a directory does, and not where to look for it: an earlier file of the old name never gets the new.
     */
    private record NameChange(Path from, Path to, Inode inode) {
        void applyTo(final Map<Path, Inode> target) {
            if (inode == null) {
                target.remove(to);
                return;
            }
            if (from != null) {
                target.remove(from);
            }
            target.put(to, inode);
        }
    }

    /** Only the process dies: nothing is lost, but the lock. */
    public synchronized void killProcess() {
        isLocked = false;
    }

    /** All that was not synced is kept or lost, as chance has it. */
    public synchronized void losePower(final Random random) {
        isLocked = false;
        for (final NameChange change : changes) {
            if (random.nextBoolean()) {
                change.applyTo(durableNames);
            }
        }
        changes.clear();
        names.clear();
        names.putAll(durableNames);
        final int odds = random.nextInt(5);
        for (final Inode inode : names.values()) {
            loseSectors(inode, random, odds);
        }
    }

    private static int sectors(final int length) {
        return (length + SECTOR - 1) / SECTOR;
    }

    private static void loseSectors(final Inode inode, final Random random, final int odds) {
        final byte[] survived = Arrays.copyOf(
                inode.durable, random.nextBoolean() ? inode.durable.length : Math.max(inode.bytes.length, 0));
        for (int sector = inode.dirtySectors.nextSetBit(0);
                sector >= 0;
                sector = inode.dirtySectors.nextSetBit(sector + 1)) {
            final int start = sector * SECTOR;
            final int length = Math.min(SECTOR, Math.min(survived.length, inode.bytes.length) - start);
            if (length > 0 && random.nextInt(4) < odds) {
                System.arraycopy(inode.bytes, start, survived, start, length);
            }
        }
        inode.bytes = survived;
        inode.durable = survived.clone();
        inode.dirtySectors.clear();
    }

    /** Files can grow as long as their lengths add up to at most this. */
    public synchronized void capacityBytes(final long bytes) {
        capacityBytes = bytes;
    }

    /** Makes a directory one of another disk: nothing can be renamed into it or out of it. */
    public synchronized void mount(final Path directory) {
        mount = directory;
    }

    /** What is in all files now. */
    public synchronized Map<Path, byte[]> contents() {
        final Map<Path, byte[]> contents = new TreeMap<>();
        names.forEach((path, inode) -> contents.put(path, inode.bytes.clone()));
        return contents;
    }

    /** A disk on which just these files are durable. */
    public static SimulatedDisk holding(final Map<Path, byte[]> contents) {
        final SimulatedDisk disk = new SimulatedDisk();
        contents.forEach(disk::put);
        return disk;
    }

    /** Puts a durable file there. */
    public synchronized void put(final Path path, final byte[] bytes) {
        final Inode inode = new Inode();
        inode.bytes = bytes.clone();
        inode.durable = bytes.clone();
        names.put(path, inode);
        durableNames.put(path, inode);
        directories.add(path.getParent());
    }

    /** Changes a file under those who have it open. */
    public synchronized void overwrite(final Path path, final byte[] bytes) {
        names.get(path).bytes = bytes.clone();
    }

    public synchronized byte[] get(final Path path) {
        return names.get(path).bytes.clone();
    }

    public synchronized void remove(final Path path) {
        names.remove(path);
        durableNames.remove(path);
    }

    /**
     * The last writes to this file were lost by a sync that failed: clean in memory, absent from the disk.
     */
    public synchronized void failSync(final Path path) {
        names.get(path).dirtySectors.clear();
    }

    @Override
    public synchronized void createDirectories(final Path directory) {
        directories.add(directory);
    }

    @Override
    public synchronized List<Path> list(final Path directory) {
        return names.keySet().stream()
                .filter(path -> path.getParent().equals(directory))
                .toList();
    }

    @Override
    public synchronized boolean exists(final Path file) {
        return names.containsKey(file);
    }

    @Override
    public JournalFile openToRead(final Path file) throws IOException {
        return openToWrite(file);
    }

    @Override
    public synchronized JournalFile openToWrite(final Path file) throws IOException {
        final Inode inode = names.get(file);
        if (inode == null) {
            throw new FileNotFoundException(file.toString());
        }
        return new OpenFile(inode);
    }

    @Override
    public synchronized JournalFile create(final Path file) {
        final Inode existing = names.get(file);
        if (existing != null) {
            existing.empty();
            return new OpenFile(existing);
        }
        final Inode inode = new Inode();
        change(new NameChange(null, file, inode));
        return new OpenFile(inode);
    }

    @Override
    public synchronized void rename(final Path from, final Path to) throws IOException {
        if (!names.containsKey(from)) {
            throw new FileNotFoundException(from.toString());
        }
        if (from.getParent().equals(mount) != to.getParent().equals(mount)) {
            throw new AtomicMoveNotSupportedException(from.toString(), to.toString(), "another disk");
        }
        change(new NameChange(from, to, names.get(from)));
    }

    @Override
    public synchronized void delete(final Path file) {
        if (names.containsKey(file)) {
            change(new NameChange(null, file, null));
        }
    }

    private void change(final NameChange change) {
        change.applyTo(names);
        changes.add(change);
    }

    @Override
    public synchronized void syncDirectory(final Path directory) {
        changes.removeIf(change -> {
            final boolean isHere = change.to().getParent().equals(directory);
            if (isHere) {
                change.applyTo(durableNames);
            }
            return isHere;
        });
    }

    @Override
    public synchronized long usableBytes(final Path directory) {
        return capacityBytes - usedBytes();
    }

    private long usedBytes() {
        return names.values().stream().mapToLong(inode -> inode.bytes.length).sum();
    }

    @Override
    public synchronized AutoCloseable lock(final Path file) {
        if (isLocked) {
            throw new JournalLockedException(file, "this process");
        }
        isLocked = true;
        return this::killProcess;
    }

    private final class OpenFile implements JournalFile {
        private final Inode inode;

        OpenFile(final Inode inode) {
            this.inode = inode;
        }

        @Override
        public int read(final ByteBuffer target, final long offset) {
            synchronized (SimulatedDisk.this) {
                if (offset >= inode.bytes.length) {
                    return -1;
                }
                final int length = (int) Math.min(target.remaining(), inode.bytes.length - offset);
                target.put(inode.bytes, (int) offset, length);
                return length;
            }
        }

        @Override
        public int write(final ByteBuffer source, final long offset) throws IOException {
            synchronized (SimulatedDisk.this) {
                final int length = source.remaining();
                final int end = (int) offset + length;
                if (end > inode.bytes.length) {
                    if (usedBytes() + end - inode.bytes.length > capacityBytes) {
                        throw new IOException("No space left on device");
                    }
                    inode.bytes = Arrays.copyOf(inode.bytes, end);
                }
                source.get(inode.bytes, (int) offset, length);
                inode.dirtySectors.set((int) offset / SECTOR, sectors(end));
                return length;
            }
        }

        @Override
        public void sync() {
            synchronized (SimulatedDisk.this) {
                inode.durable = Arrays.copyOf(inode.durable, inode.bytes.length);
                for (int sector = inode.dirtySectors.nextSetBit(0);
                        sector >= 0;
                        sector = inode.dirtySectors.nextSetBit(sector + 1)) {
                    final int start = sector * SECTOR;
                    final int length = Math.min(SECTOR, inode.bytes.length - start);
                    if (length > 0) {
                        System.arraycopy(inode.bytes, start, inode.durable, start, length);
                    }
                }
                inode.dirtySectors.clear();
            }
        }

        @Override
        public long length() {
            synchronized (SimulatedDisk.this) {
                return inode.bytes.length;
            }
        }

        @Override
        public void close() {
            // nothing is kept open
        }
    }
}
