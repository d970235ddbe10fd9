package io.holdfast.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** A password that is made once and kept in a file that its owner alone can read. */
final class SecretFile {
    private static final int PASSWORD_BYTES = 16;

    private SecretFile() {}

    /** What the file holds, or a fresh password, then kept in it. */
    static String readOrMake(final Path file) throws IOException {
        final String kept = Files.exists(file) ? Files.readString(file).strip() : "";
        if (!kept.isEmpty()) {
            return kept;
        }
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        final byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        final String password = HexFormat.of().formatHex(random);
        Files.writeString(file, password);
        return password;
    }
}
