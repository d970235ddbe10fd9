package io.holdfast.perf.cli;

import io.holdfast.gateway.cli.UsageException;
import io.holdfast.perf.load.Arrivals;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The shape of a crowd. */
final class ArrivalOptions {
    @Option(
            names = "--arrivals",
            paramLabel = "SHAPE",
            converter = ShapeConverter.class,
            defaultValue = "uniform",
            description =
                    "uniform, poisson, or spike: half in the first thirtieth, then fewer and fewer (${DEFAULT-VALUE}).")
    private Arrivals shape;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "The same seed gives the same arrivals (${DEFAULT-VALUE}).")
    private long seed;

    Arrivals shape() {
        return shape;
    }

    long seed() {
        return seed;
    }

    /** Refuses what is not between the bounds. */
    static void check(final String flag, final double value, final double least, final double most) {
        if (!(value >= least && value <= most)) {
            throw new UsageException(String.format(
                    Locale.ROOT, "%s: %s is not between %,.0f and %,.0f", flag, String.valueOf(value), least, most));
        }
    }

    /** Reads a shape by its label. */
    static final class ShapeConverter implements ITypeConverter<Arrivals> {
        @Override
        public Arrivals convert(final String value) {
            for (final Arrivals each : Arrivals.values()) {
                if (each.label().equals(value)) {
                    return each;
                }
            }
            throw new TypeConversionException("'" + value + "' is none of uniform, poisson, spike");
        }
    }
}
