package io.holdfast.gateway.cli;

import io.holdfast.gateway.ServerConfig.Tls;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Certificate and key of the service port. */
final class TlsOptions implements FromEnvironment {
    @Option(
            names = "--tls-cert",
            paramLabel = "FILE",
            description = "Certificate with its chain, PEM; needs --tls-key. Plain HTTP without.")
    private Path certificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "Private key of --tls-cert, PEM (PKCS #8).")
    private Path key;

    Optional<Tls> tls() {
        if (certificate == null && key == null) {
            return Optional.empty();
        }
        if (certificate == null) {
            throw new UsageException("--tls-cert", "missing, and --tls-key is given");
        }
        if (key == null) {
            throw new UsageException("--tls-key", "missing, and --tls-cert is given");
        }
        return Optional.of(new Tls(certificate, key));
    }
}
