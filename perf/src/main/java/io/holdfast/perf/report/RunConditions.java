package io.holdfast.perf.report;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JsonGenerator;

/**
 * Under which conditions a run was made: what must be said beside every figure.
 *
 * @param machine what it ran on
 * @param kernel name and release
 * @param jvm name and version
 * @param flags of the JVM, as it was started
 * @param commit as {@code git describe} says it; {@code unknown} outside a checkout
 */
public record RunConditions(Machine machine, String kernel, String jvm, List<String> flags, String commit) {
    private static final String UNKNOWN = "unknown";
    private static final int GIT_SECONDS_MAX = 10;
    private static final int GIT_BYTES_MAX = 200;

    public RunConditions {
        flags = List.copyOf(flags);
    }

    /** The conditions of this process. Starts git once. */
    public static RunConditions ofThisProcess() {
        return new RunConditions(
                Machine.here(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
                ManagementFactory.getRuntimeMXBean().getInputArguments(),
                describedCommit());
    }

    /** The commit of the checkout that this class was built in; a change not committed shows as {@code -dirty}. */
    private static String describedCommit() {
        try {
            final Path built = Path.of(RunConditions.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            final Process git = new ProcessBuilder(
                            "git", "-C", built.getParent().toString(), "describe", "--always", "--dirty", "--tags")
                    .redirectError(ProcessBuilder.Redirect.to(new File("/dev/null")))
                    .start();
            final byte[] said = git.getInputStream().readNBytes(GIT_BYTES_MAX);
            if (!git.waitFor(GIT_SECONDS_MAX, TimeUnit.SECONDS)) {
                git.destroyForcibly();
                return UNKNOWN;
            }
            return git.exitValue() == 0 ? new String(said, StandardCharsets.UTF_8).strip() : UNKNOWN;
        } catch (final IOException | URISyntaxException e) {
            // No git, or no directory of ours: the figures are as good, only nobody knows what of.
            return UNKNOWN;
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return UNKNOWN;
        }
    }

    /** Rows of two cells, for a table: what it is, and how it was. */
    public List<List<String>> rows() {
        return List.of(
                List.of("machine", machine.toString()),
                List.of("kernel", kernel),
                List.of("JVM", jvm),
                List.of("flags", String.join(" ", flags)),
                List.of("commit", commit));
    }

    /** What is different from the other conditions, a sentence each. */
    List<String> differencesFrom(final RunConditions earlier) {
        final List<String> differences = new ArrayList<>();
        final List<List<String>> before = earlier.rows();
        final List<List<String>> now = rows();
        for (int i = 0; i < now.size(); i++) {
            if (!now.get(i).equals(before.get(i))) {
                differences.add(now.get(i).get(0) + ": " + before.get(i).get(1) + " before, "
                        + now.get(i).get(1) + " now");
            }
        }
        return differences;
    }

    /** Writes them as one JSON object. */
    public void write(final JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("cpu", machine.cpu());
        json.writeNumberProperty("cores", machine.cores());
        json.writeNumberProperty("memoryGib", machine.memoryGib());
        json.writeStringProperty("kernel", kernel);
        json.writeStringProperty("jvm", jvm);
        json.writeName("flags");
        json.writeStartArray();
        flags.forEach(json::writeString);
        json.writeEndArray();
        json.writeStringProperty("commit", commit);
        json.writeEndObject();
    }
}
