package io.holdfast.gateway.cli;

import java.util.List;

/**
 * Adds commands to the launcher's when its module is on the class path: what measures Holdfast is no part of what runs in
 * production. Named in {@code META-INF/services}.
 */
public interface CommandExtension {
    /** The commands, in the order of the help page, each annotated for the command line's parser or built for it. */
    List<Object> commands(Console console);
}
