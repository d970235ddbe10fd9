package io.holdfast.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which build this is. */
public final class Build {
    private static final String RESOURCE = "version.properties";

    private Build() {}

    /** The project's version, as the build wrote it down. */
    public static String version() {
        try (InputStream in = Build.class.getResourceAsStream(RESOURCE)) {
            final Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
