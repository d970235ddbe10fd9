package io.holdfast.gateway.cli;

import io.holdfast.gateway.audit.Moment;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a sequence or a time. */
final class MomentConverter implements ITypeConverter<Moment> {
    @Override
    public Moment convert(final String text) {
        try {
            return Moment.parse(text);
        } catch (final IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
