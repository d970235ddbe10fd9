package io.holdfast.perf.compare;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One side that runs.
 *
 * @param directory its own, which goes with it
 * @param service where it serves
 * @param management where it says how it is; the product only
 * @param keys that it asks for
 */
record Server(Side side, ChildProcess process, Path directory, URI service, Optional<URI> management, Keys keys) {
    /** Made for one run. */
    record Keys(String api, String admin) {}

    int port() {
        return service.getPort();
    }

    long pid() {
        return process.pid();
    }
}
