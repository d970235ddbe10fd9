package io.holdfast.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import redis.embedded.core.ExecutableProvider;
import redis.embedded.error.OsArchitectureNotFound;
import redis.embedded.error.UnknownOSName;
import redis.embedded.model.OsArchitecture;

/** Redis's server program, as the library finds it for this machine, unpacked. */
final class RedisBinary {
    private RedisBinary() {}

    static Path unpacked(final BinaryCache cache) throws IOException {
        final String resource = resource();
        final String name = resource.substring(resource.lastIndexOf('/') + 1);
        return cache.directory(
                        name,
                        into -> ExecutableProvider.newJarResourceProvider(into.toFile())
                                .get())
                .resolve(name);
    }

    private static String resource() throws IOException {
        final Map<OsArchitecture, String> known = ExecutableProvider.newProvidedVersionsMap();
        String resource = null;
        Throwable cause = null;
        try {
            resource = known.get(OsArchitecture.detectOSandArchitecture());
        } catch (final OsArchitectureNotFound | UnknownOSName e) {
            cause = e;
        }
        if (resource == null) {
            throw new IOException(
                    "there is no embedded Redis for " + System.getProperty("os.name") + " on "
                            + System.getProperty("os.arch") + "; next step: name a Redis of your own (--redis-url)",
                    cause);
        }
        return resource;
    }
}
