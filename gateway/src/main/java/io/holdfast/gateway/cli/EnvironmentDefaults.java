package io.holdfast.gateway.cli;

import io.holdfast.gateway.StartRefusedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Gives options that are not on the command line the value of their environment variable, and secrets the content of
 * the file that {@code …_FILE} names, as container platforms mount them.
 *
 * <p>An empty variable is an unset one. What cannot be read is kept for {@link #refuseProblems()}: the parser
 * would swallow an exception.
 */
final class EnvironmentDefaults implements IDefaultValueProvider {
    private static final Set<String> SECRETS = Set.of(
            "--api-key",
            "--admin-key",
            "--payment-secret",
            "--buyer-token-secret",
            "--webhook-secret",
            "--postgres-password",
            "--redis-url");

    private final Map<String, String> environment;
    private final List<String> problems = new ArrayList<>();

    EnvironmentDefaults(final Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    static String variableOf(final String flag) {
        return "HOLDFAST" + flag.substring(1).replace('-', '_').toUpperCase(Locale.ROOT);
    }

    static boolean isSecret(final String flag) {
        return SECRETS.contains(flag);
    }

    /** Refuses to start over what could not be read. */
    void refuseProblems() throws StartRefusedException {
        if (!problems.isEmpty()) {
            throw new StartRefusedException(String.join("; ", problems));
        }
    }

    @Override
    public String defaultValue(final ArgSpec argument) throws Exception {
        final Object group = argument.scope().get();
        if (!argument.isOption() || !(group instanceof FromEnvironment)) {
            return null;
        }
        final String flag = ((OptionSpec) argument).longestName();
        final String variable = variableOf(flag);
        final String value = present(variable);
        final String file = isSecret(flag) ? present(variable + "_FILE") : null;
        if (file == null) {
            return value;
        }
        if (value != null) {
            problems.add(variable + " and " + variable + "_FILE are both set: unset one of them");
            return null;
        }
        return read(variable + "_FILE", file);
    }

    /** Names the variable behind an argument, where one is set, since it may not be the command line that was wrong. */
    String originOf(final ArgSpec argument) {
        if (argument instanceof OptionSpec option) {
            final String variable = variableOf(option.longestName());
            return present(variable) == null ? "" : " (" + variable + " is set)";
        }
        return "";
    }

    private String present(final String variable) {
        final String value = environment.get(variable);
        return value == null || value.isEmpty() ? null : value;
    }

    private String read(final String variable, final String file) {
        try {
            return Files.readString(Path.of(file), StandardCharsets.UTF_8).replaceFirst("\\R\\z", "");
        } catch (final IOException | InvalidPathException e) {
            problems.add(
                    variable + ": cannot read " + file + " (" + e.getClass().getSimpleName() + ")");
            return null;
        }
    }
}
