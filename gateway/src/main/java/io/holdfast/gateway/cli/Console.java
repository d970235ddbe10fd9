package io.holdfast.gateway.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a command speaks through.
 *
 * @param data standard output, buffered, for bytes that a script reads; whoever writes it flushes it
 * @param err standard error, for everything else
 * @param isTerminal whether somebody watches standard error, and wants to see progress
 * @param command how the user started the process: the word to put before a command line that is to be pasted
 * @param environment the variables of the process
 */
public record Console(
        OutputStream data, PrintStream err, boolean isTerminal, String command, Map<String, String> environment) {
    private static final int BUFFER_LENGTH = 64 * 1024;

    /** Set by the launcher, which can ask about standard error; Java can not. */
    private static final String TERMINAL_PROPERTY = "holdfast.terminal";

    /** Set by the launcher, which knows by which path it was called. */
    private static final String COMMAND_PROPERTY = "holdfast.command";

    private static final String COMMAND_DEFAULT = "./holdfast";

    /** The process's own. Text is UTF-8 whatever the locale: the journal's is, and so are our messages. */
    static Console ofProcess() {
        final OutputStream data = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER_LENGTH);
        final OutputStream err = new FileOutputStream(FileDescriptor.err);
        final boolean isTerminal = Boolean.getBoolean(TERMINAL_PROPERTY);
        final String command = System.getProperty(COMMAND_PROPERTY, COMMAND_DEFAULT);
        return new Console(
                data, new PrintStream(err, true, StandardCharsets.UTF_8), isTerminal, command, System.getenv());
    }

    /** Says something to whoever started the process. */
    public void say(final String message) {
        err.println("holdfast: " + message);
    }

    /** Says how far something is, to somebody who watches. */
    public void progress(final String line) {
        if (isTerminal) {
            say(line);
        }
    }

    /** A view of {@link #data} for text; flushed with every line. */
    public PrintStream out() {
        return new PrintStream(data, true, StandardCharsets.UTF_8);
    }
}
