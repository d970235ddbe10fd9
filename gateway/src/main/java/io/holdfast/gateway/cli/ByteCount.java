package io.holdfast.gateway.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a number of bytes: plain, or with one of the suffixes KiB, MiB, GiB, TiB. */
final class ByteCount implements ITypeConverter<Long> {
    private static final Pattern SHAPE = Pattern.compile("([0-9]{1,18})(?:([KMGT])iB)?");
    private static final int BITS_PER_PREFIX = 10;

    @Override
    public Long convert(final String text) {
        final Matcher matcher = SHAPE.matcher(text);
        if (matcher.matches()) {
            final long count = Long.parseLong(matcher.group(1));
            final int shift = matcher.group(2) == null ? 0 : BITS_PER_PREFIX * ("KMGT".indexOf(matcher.group(2)) + 1);
            if (count <= Long.MAX_VALUE >> shift) {
                return count << shift;
            }
        }
        throw new TypeConversionException("'" + text + "' is not a number of bytes like 1073741824, 512MiB or 16GiB");
    }
}
