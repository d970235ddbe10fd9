package io.holdfast.embedded;

import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How a program that refuses to run as root is run by root. */
final class Unprivileged {
    private static final long TRY_MAX_SECONDS = 10;

    /** In a user namespace of its own, where root's files are still its own, and root is nobody. */
    private static final List<String> IN_A_NAMESPACE = List.of("unshare", "-U");

    /** Where containers forbid that: as nobody, who may still enter root's directories. */
    private static final List<String> AS_NOBODY = List.of(
            "setpriv",
            "--reuid=65534",
            "--regid=65534",
            "--clear-groups",
            "--inh-caps=+dac_override",
            "--ambient-caps=+dac_override");

    private Unprivileged() {}

    static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /**
     * What a command line begins with; nothing for a user other than root.
     *
     * @throws IOException if root has no way here
     */
    static List<String> prefix() throws IOException {
        if (!isRoot()) {
            return List.of();
        }
        if (LinuxUtils.isUnshareAvailable()) {
            return IN_A_NAMESPACE;
        }
        if (isPossible(AS_NOBODY)) {
            return AS_NOBODY;
        }
        throw new IOException(
                "Postgres refuses to run as root, and neither unshare nor setpriv can take that away here;"
                        + " next step: run as another user, or name a Postgres of your own (--postgres-url)");
    }

    private static boolean isPossible(final List<String> prefix) {
        final List<String> command = new ArrayList<>(prefix);
        command.add("true");
        try {
            final Process process = Child.in(Path.of("/"), command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return Child.hasSucceeded(process, TRY_MAX_SECONDS);
        } catch (final IOException e) {
            return false;
        }
    }
}
