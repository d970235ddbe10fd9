package io.holdfast.perf.compare;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A closed loop by wrk on one thread: each connection asks again as soon as it is answered. */
final class Wrk {
    private static final String PROGRAM = "wrk";
    private static final String SCRIPT = "buy.lua";
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Pattern RESULT = Pattern.compile("holdfast (\\d+) (\\d+) (\\d+) (\\d+)");
    private static final double US_PER_SECOND = 1e6;

    private final Path program;
    private final AtomicInteger runs = new AtomicInteger();

    /** @param program where it is installed */
    Wrk(final Path program) {
        this.program = program;
    }

    /**
     * What came of one run.
     *
     * @param requests answered
     * @param seconds that it took
     * @param refused of the requests: those with another status than 2xx or 3xx
     * @param failed what was not answered: connections refused or reset, timeouts
     */
    record Result(long requests, double seconds, long refused, long failed) {
        double perSecond() {
            return requests / seconds;
        }
    }

    /** Where it is installed, of the directories in {@code PATH}. */
    static Optional<Path> find(final String path) {
        for (final String each : path.split(File.pathSeparator)) {
            final Path candidate = Path.of(each, PROGRAM);
            if (!each.isEmpty() && Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /** Asks for holds in a drop for so many whole seconds, one at least. */
    Result run(final Server server, final String drop, final int connections, final Duration duration)
            throws IOException, InterruptedException {
        final ProcessBuilder builder = new ProcessBuilder(List.of(
                        program.toString(),
                        "-t1",
                        "-c" + connections,
                        "-d" + Math.max(1, duration.toSeconds()) + "s",
                        "--timeout",
                        TIMEOUT.toSeconds() + "s",
                        "-s",
                        script(server).toString(),
                        server.service().toString()))
                .redirectErrorStream(true);
        builder.environment().put("BUY_DROP", drop);
        builder.environment().put("BUY_KEY", server.keys().api());
        builder.environment().put("BUY_RUN", Integer.toString(runs.incrementAndGet()));
        final Process process = builder.start();
        process.getOutputStream().close();
        try {
            final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            final int status = process.waitFor();
            return result(said, status);
        } finally {
            process.destroy();
        }
    }

    /** In the server's directory: it goes with the server, however this process ends. */
    private static Path script(final Server server) throws IOException {
        final Path file = server.directory().resolve(SCRIPT);
        if (Files.notExists(file)) {
            try (InputStream script = Wrk.class.getResourceAsStream(SCRIPT)) {
                Files.copy(script, file);
            }
        }
        return file;
    }

    private static Result result(final String said, final int status) throws IOException {
        final Matcher matcher = RESULT.matcher(said);
        if (status != 0 || !matcher.find()) {
            throw new IOException("wrk ended with " + status + " and said:\n" + said.strip());
        }
        return new Result(
                Long.parseLong(matcher.group(1)),
                Long.parseLong(matcher.group(2)) / US_PER_SECOND,
                Long.parseLong(matcher.group(3)),
                Long.parseLong(matcher.group(4)));
    }
}
