package io.holdfast.gateway.cli;

import io.holdfast.gateway.RunningServer;
import io.holdfast.gateway.StartRefusedException;
import java.util.concurrent.atomic.AtomicReference;

/** Starts a server, says so, and stays until it has stopped, by itself or by a signal. */
final class ServerRun {
    private final Console console;

    ServerRun(final Console console) {
        this.console = console;
    }

    /** How it is started. */
    @FunctionalInterface
    interface Starting {
        RunningServer start() throws StartRefusedException;
    }

    /** What is to be done once the server serves, before it is said to be ready. */
    @FunctionalInterface
    interface Opening {
        void open(RunningServer server) throws StartRefusedException, InterruptedException;
    }

    /**
     * Runs a server to its end.
     *
     * @param isTls whether it serves by TLS
     * @param closing called once it has stopped cleanly, or has not started
     * @return the exit status
     */
    int run(final boolean isTls, final Starting starting, final Opening opening, final Runnable closing)
            throws StartRefusedException, InterruptedException {
        final AtomicReference<RunningServer> running = new AtomicReference<>();
        final Thread onSignal = new Thread(() -> haltOnceStopped(running.get(), closing), "stop-on-signal");
        Runtime.getRuntime().addShutdownHook(onSignal);
        try {
            final RunningServer server = starting.start();
            running.set(server);
            open(server, isTls, opening);
            final boolean isClean = server.awaitStop();
            forget(onSignal);
            return end(isClean, closing);
        } catch (final StartRefusedException e) {
            forget(onSignal);
            closing.run();
            throw e;
        } finally {
            forget(onSignal);
        }
    }

    private void open(final RunningServer server, final boolean isTls, final Opening opening)
            throws StartRefusedException, InterruptedException {
        try {
            opening.open(server);
        } catch (final StartRefusedException e) {
            server.stop();
            server.awaitStop();
            throw e;
        }
        final String scheme = isTls ? "https" : "http";
        console.say("serving " + scheme + "://" + server.service().authority() + " (management http://"
                + server.management().authority() + ")");
    }

    /**
     * The JVM runs this on SIGTERM and SIGINT, and would exit with 143 or 130 after it: an orderly stop is to exit with
     * 0. Before the server serves there is nothing to bring in order: what a start leaves half done, the next one mends.
     */
    private void haltOnceStopped(final RunningServer server, final Runnable closing) {
        if (server == null) {
            console.say("stopped before it served");
            Runtime.getRuntime().halt(ExitStatus.OK);
        }
        server.stop();
        try {
            Runtime.getRuntime().halt(end(server.awaitStop(), closing));
        } catch (final InterruptedException e) {
            Runtime.getRuntime().halt(ExitStatus.HALTED);
        }
    }

    private int end(final boolean isClean, final Runnable closing) {
        if (isClean) {
            closing.run();
            console.say("stopped");
            return ExitStatus.OK;
        }
        console.say("halted: what was answered is in the journal. Next step: see the log, then start again");
        return ExitStatus.HALTED;
    }

    /** While a signal is being handled the hook ends the process, and this thread waits for that. */
    private static void forget(final Thread onSignal) throws InterruptedException {
        try {
            Runtime.getRuntime().removeShutdownHook(onSignal);
        } catch (final IllegalStateException e) {
            onSignal.join();
        }
    }
}
