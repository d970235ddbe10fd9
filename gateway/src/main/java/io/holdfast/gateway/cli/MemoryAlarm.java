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
final class MemoryAlarm implements Runnable {
    private static final String PIPE_PROPERTY = "holdfast.outOfMemoryAlarm";

    private static final byte[] MESSAGE = ("holdfast: out of memory: halted; what was answered is in the journal. "
                    + "Next step: start again, with more: HOLDFAST_JAVA_OPTS=-Xmx8g\n")
            .getBytes(StandardCharsets.UTF_8);

    private final FileInputStream pipe;
    private final FileOutputStream err = new FileOutputStream(FileDescriptor.err);

    private MemoryAlarm(final FileInputStream pipe) {
        this.pipe = pipe;
    }

    /** Called once, first thing in the process. */
    static void arm() throws IOException {
        Thread.setDefaultUncaughtExceptionHandler((thread, e) -> {
            if (e instanceof VirtualMachineError) {
                Runtime.getRuntime().halt(ExitStatus.HALTED);
            }
            System.err.println("holdfast: uncaught in thread " + thread.getName());
            e.printStackTrace();
        });
        final String pipe = System.getProperty(PIPE_PROPERTY);
        if (pipe != null) {
            final Thread thread = new Thread(new MemoryAlarm(new FileInputStream(pipe)), "memory-alarm");
            thread.setDaemon(true);
            thread.start();
        }
    }

    @Override
    public void run() {
        try {
            if (pipe.read() >= 0) {
                err.write(MESSAGE);
                Runtime.getRuntime().halt(ExitStatus.HALTED);
            }
        } catch (final IOException e) {
            Runtime.getRuntime().halt(ExitStatus.HALTED);
        }
    }
}
