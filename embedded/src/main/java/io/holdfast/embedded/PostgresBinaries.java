package io.holdfast.embedded;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** Postgres's own programs, as the library finds them for this machine, unpacked. */
final class PostgresBinaries {
    private static final int DIGEST_CHARACTERS = 16;
    private static final int OWNER_EXECUTES = 0100;

    private final Path home;
    private final List<String> prefix;

    private PostgresBinaries(final Path home, final List<String> prefix) {
        this.home = home;
        this.prefix = prefix;
    }

    /** Unpacks them where that is not done yet. */
    static PostgresBinaries unpacked(final BinaryCache cache) throws IOException {
        final byte[] archive = archive();
        final Path home = cache.directory("postgres-" + digest(archive), into -> unpack(archive, into));
        return new PostgresBinaries(home, Unprivileged.prefix());
    }

    /** A command line that runs one of the programs, as root too. */
    List<String> command(final String program, final String... arguments) {
        final List<String> command = new ArrayList<>(prefix);
        command.add(home.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private static byte[] archive() throws IOException {
        final String system =
                System.getProperty("os.name").startsWith("Mac") ? "Darwin" : System.getProperty("os.name");
        final String machine = System.getProperty("os.arch");
        try (InputStream found = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(
                system, "amd64".equals(machine) ? "x86_64" : machine)) {
            return found.readAllBytes();
        } catch (final IllegalStateException e) {
            throw new IOException(
                    "there is no embedded Postgres for " + system.toLowerCase(Locale.ROOT) + " on " + machine
                            + "; next step: name a Postgres of your own (--postgres-url)",
                    e);
        }
    }

    private static String digest(final byte[] archive) {
        try {
            final byte[] digest = MessageDigest.getInstance("SHA-256").digest(archive);
            return HexFormat.of().formatHex(digest).substring(0, DIGEST_CHARACTERS);
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void unpack(final byte[] archive, final Path directory) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(tar, entry, directory.resolve(entry.getName()).normalize());
            }
        }
    }

    private static void unpack(final TarArchiveInputStream tar, final TarArchiveEntry entry, final Path target)
            throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        if (!entry.isFile()) {
            throw new IOException("unexpected in the archive of Postgres: " + entry.getName());
        }
        Files.copy(tar, target);
        if ((entry.getMode() & OWNER_EXECUTES) != 0 && !target.toFile().setExecutable(true, false)) {
            throw new IOException("cannot make " + target + " executable");
        }
    }
}
