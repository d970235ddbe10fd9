package io.holdfast.gateway.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Says which build this is. */
final class Version implements IVersionProvider {
    private static final String RESOURCE = "/io/holdfast/gateway/version.properties";

    /** The project's version, as the build wrote it down. */
    static String number() {
        try (InputStream in = Version.class.getResourceAsStream(RESOURCE)) {
            final Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String[] getVersion() {
        return new String[] {
            "holdfast " + number(), "Java " + Runtime.version(),
        };
    }
}
