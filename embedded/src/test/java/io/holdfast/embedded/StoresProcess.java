package io.holdfast.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;

/** A process of its own, leader of its process group, that has embedded stores: to be killed. */
final class StoresProcess implements AutoCloseable {
    private static final String ANSWER = "answer: ";
    private static final long END_MAX_SECONDS = 60;

    private final Process process;
    private final BufferedReader output;
    private final long postgresPid;
    private final long redisPid;
    private final String jdbcUrl;
    private final String password;

    private StoresProcess(final Process process) throws IOException {
        this.process = process;
        this.output = process.inputReader();
        final String[] words = readAnswer().split(" ");
        this.postgresPid = Long.parseLong(words[0]);
        this.redisPid = Long.parseLong(words[1]);
        this.jdbcUrl = words[2];
        this.password = words[3];
    }

    /** Starts one; returns when its stores take connections. A background job may ignore interrupts: this one not. */
    static StoresProcess start(final Path data) throws IOException {
        final String java =
                Path.of(System.getProperty("java.home"), "bin", "java").toString();
        final String classPath = System.getProperty("java.class.path");
        return new StoresProcess(new ProcessBuilder(
                        "env",
                        "--default-signal=INT",
                        "setsid",
                        java,
                        "-cp",
                        classPath,
                        Program.class.getName(),
                        data.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** What runs in it: on a signal it stops in order, and first looks who is still there. */
    static final class Program {
        private Program() {}

        public static void main(final String[] arguments) throws Exception {
            final EmbeddedStores stores =
                    EmbeddedStores.start(Path.of(arguments[0]), EnumSet.allOf(EmbeddedStores.Store.class));
            final EmbeddedPostgres postgres = stores.postgres().orElseThrow();
            final EmbeddedRedis redis = stores.redis().orElseThrow();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stores)));
            answer(postgres.pid() + " " + redis.pid() + " " + postgres.jdbcUrl() + " " + postgres.password());
            Thread.currentThread().join();
        }

        private static void answer(final String what) {
            System.out.println(ANSWER + what);
        }

        private static void stop(final EmbeddedStores stores) {
            try {
                final EmbeddedPostgres postgres = stores.postgres().orElseThrow();
                final long guardians = ProcessHandle.current().children().count();
                answer(new Database(postgres).query("SELECT 'answers'") + " with " + guardians + " guardians");
                stores.close();
                answer("stopped");
            } catch (final Exception e) {
                answer(e.toString());
            }
        }
    }

    long postgresPid() {
        return postgresPid;
    }

    long redisPid() {
        return redisPid;
    }

    Database database() {
        return new Database(jdbcUrl, "holdfast", password);
    }

    /** The processes that end the servers when this one is gone. */
    List<ProcessHandle> guardians() {
        return process.descendants().toList();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** What a terminal does on Ctrl-C: the signal goes to every process of the group. */
    void interruptGroup() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", "--", "-" + process.pid()).start().waitFor();
    }

    /** The next that the program says of itself, whatever is logged in between. */
    String readAnswer() throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(ANSWER)) {
                return line.substring(ANSWER.length());
            }
        }
        throw new IOException("the program ended");
    }

    /** Kills it if it is still there, and waits until nothing of it is left to write into the test's directory. */
    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Child.hasSucceeded(process, END_MAX_SECONDS);
        output.close();
        Processes.awaitEnd(postgresPid);
        Processes.awaitEnd(redisPid);
    }
}
