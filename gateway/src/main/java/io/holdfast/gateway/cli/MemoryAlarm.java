package io.holdfast.gateway.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Halts the process with {@link ExitStatus#HALTED} when memory runs out.
 *
 * <p>The JVM's own flag for that exits with 3, which here means "cannot start". So the launcher lets the JVM run a
 * command ({@code -XX:OnOutOfMemoryError}) that writes a byte to a pipe, and a thread made beforehand waits on that
 * pipe: from the read to the halt it allocates nothing. The flag does not see errors that Java code throws, such as
 * those of direct memory: they reach the handler of uncaught exceptions, or whoever caught them.
 */
final class MemoryAlarm implements Runnable, Thread.UncaughtExceptionHandler {
    private static final String PIPE_PROPERTY = "holdfast.outOfMemoryAlarm";

    private static final byte[] MESSAGE = ("holdfast: out of memory: halted; what was answered is in the journal. "
                    + "Next step: start again, with more: HOLDFAST_JAVA_OPTS=\"-Xmx4g -XX:MaxDirectMemorySize=8g\"\n")
            .getBytes(StandardCharsets.UTF_8);

    private static final byte[] NOTHING = {};

    private final FileInputStream pipe;
    private final FileOutputStream err = new FileOutputStream(FileDescriptor.err);

    private MemoryAlarm(final FileInputStream pipe) {
        this.pipe = pipe;
    }

    /** Called once, first thing in the process. */
    static void arm() throws IOException {
        loadWhatHaltNeeds();
        final String path = System.getProperty(PIPE_PROPERTY);
        final MemoryAlarm alarm = new MemoryAlarm(path == null ? null : new FileInputStream(path));
        alarm.err.write(NOTHING);
        Thread.setDefaultUncaughtExceptionHandler(alarm);
        if (path != null) {
            final Thread thread = new Thread(alarm, "memory-alarm");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** To halt runs code of a class that is loaded on first use, and loading takes memory; a hook loads it, too. */
    private static void loadWhatHaltNeeds() {
        final Thread hook = new Thread(() -> {}, "never-run");
        Runtime.getRuntime().addShutdownHook(hook);
        Runtime.getRuntime().removeShutdownHook(hook);
    }

    @Override
    public void run() {
        try {
            if (pipe.read() >= 0) {
                outOfMemory();
            }
        } catch (final IOException e) {
            System.err.println("holdfast: no alarm for want of memory any more: " + e);
        }
    }

    @Override
    public void uncaughtException(final Thread thread, final Throwable e) {
        if (e instanceof OutOfMemoryError) {
            outOfMemory();
        }
        System.err.println("holdfast: uncaught in thread " + thread.getName());
        e.printStackTrace();
    }

    private void outOfMemory() {
        try {
            err.write(MESSAGE);
        } catch (final IOException e) {
            // Says nothing then, and halts all the same.
        } finally {
            Runtime.getRuntime().halt(ExitStatus.HALTED);
        }
    }
}
