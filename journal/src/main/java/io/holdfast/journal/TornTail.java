package io.holdfast.journal;

import java.nio.file.Path;

/**
 * A last batch that a crash cut off before it was durable. Nobody was ever answered from it.
 *
 * @param file the segment it was found in
 * @param offset in that file
 * @param length bytes that were copied and zeroed
 * @param copy the file that keeps them
 */
public record TornTail(Path file, long offset, int length, Path copy) {}
