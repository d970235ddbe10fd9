package io.holdfast.perf.cli;

import io.holdfast.gateway.StartRefusedException;
import io.holdfast.gateway.cli.Console;
import io.holdfast.gateway.cli.ExitStatus;
import io.holdfast.gateway.cli.HelpOption;
import io.holdfast.gateway.cli.UsageException;
import io.holdfast.perf.report.JsonText;
import io.holdfast.perf.report.Numbers;
import io.holdfast.perf.report.RunHistory;
import io.holdfast.perf.ring.HistoryGenerator;
import io.holdfast.perf.ring.HistoryMix;
import io.holdfast.perf.ring.RecoveryResults;
import io.holdfast.perf.ring.ServerStart;
import io.holdfast.perf.ring.StartProcess;
import io.holdfast.perf.ring.StartResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench recovery}. */
@Command(
        name = "recovery",
        sortOptions = false,
        description = "Makes a journal of many records, and measures how long a start over it takes.",
        footer = {
            "",
            "Each start is a process of its own, with cold code, as a server's is. The journal is in the page cache when it "
                    + "was just made: a start after a reboot reads it from the disk."
        })
final class RecoveryCommand implements Callable<Integer> {
    private static final int ROUNDS_MAX = 100;

    private final Console console;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = "./bench/recovery",
            description = "Where the journal is made, or is already (${DEFAULT-VALUE}). It stays there.")
    private Path data;

    @Option(
            names = "--records",
            paramLabel = "COUNT",
            defaultValue = "10000000",
            description = "Records of the history (${DEFAULT-VALUE}).")
    private int records;

    @Option(
            names = "--mix",
            paramLabel = "MIX",
            defaultValue = "drop",
            description =
                    "drop: 50,000 ask for 5,000 units, over and over; granted: most are granted (${DEFAULT-VALUE}).")
    private String mix;

    @Option(
            names = "--snapshot-records",
            paramLabel = "COUNT",
            defaultValue = "1000000",
            description = "Records from one snapshot to the next, 0 for none (${DEFAULT-VALUE}).")
    private int snapshotRecords;

    @Option(
            names = "--rounds",
            paramLabel = "COUNT",
            defaultValue = "3",
            description = "Starts, each in a process of its own (${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--generate-only", description = "Makes the journal, and starts nothing.")
    private boolean isGenerateOnly;

    @Option(names = "--start-only", description = "One start, in this process, over the journal that is there.")
    private boolean isStartOnly;

    @Option(
            names = "--make-snapshot",
            description = "With --start-only: makes a snapshot of what was recovered, and says how long that took.")
    private boolean isMakingSnapshot;

    @Option(
            names = "--history",
            paramLabel = "DIR",
            defaultValue = "./bench",
            description = "Where earlier runs are kept and looked for (${DEFAULT-VALUE}).")
    private Path history;

    @Option(names = "--json", description = "Prints the results as one JSON object.")
    private boolean isJson;

    @Mixin
    private HelpOption help;

    RecoveryCommand(final Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws StartRefusedException, InterruptedException {
        check();
        try {
            if (isStartOnly) {
                return startOnce();
            }
            generate();
            return isGenerateOnly ? ExitStatus.OK : measure();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void check() {
        if (records < 1 || records > HistoryGenerator.RECORDS_MAX) {
            throw new UsageException("--records", records + " is not from 1 to " + HistoryGenerator.RECORDS_MAX);
        }
        if (snapshotRecords < 0) {
            throw new UsageException("--snapshot-records", snapshotRecords + " is negative");
        }
        if (rounds < 1 || rounds > ROUNDS_MAX) {
            throw new UsageException("--rounds", rounds + " is not from 1 to " + ROUNDS_MAX);
        }
        if (isGenerateOnly && isStartOnly) {
            throw new UsageException("--generate-only and --start-only are two steps: choose one, or neither for both");
        }
        if (isMakingSnapshot && !isStartOnly) {
            throw new UsageException("--make-snapshot goes with --start-only");
        }
    }

    private HistoryMix mix() {
        return Arrays.stream(HistoryMix.values())
                .filter(each -> each.label().equals(mix))
                .findFirst()
                .orElseThrow(() -> new UsageException("--mix", "'" + mix + "' is neither drop nor granted"));
    }

    private void generate() throws StartRefusedException, IOException {
        final HistoryMix chosen = mix();
        if (Files.isDirectory(data)) {
            try (Stream<Path> there = Files.list(data)) {
                if (there.findAny().isPresent()) {
                    throw new StartRefusedException("--data-dir " + data + ": is not empty; next step: name an empty "
                            + "directory, or measure the journal that is there with --start-only");
                }
            }
        }
        final long hash = new HistoryGenerator(chosen, records, snapshotRecords)
                .generate(data, count -> console.progress(Numbers.text(count) + " records made"));
        console.say(Numbers.text((long) records) + " records in " + data + ", state hash " + Long.toHexString(hash));
    }

    private int startOnce() throws StartRefusedException, IOException {
        if (!Files.isDirectory(data.resolve("journal"))) {
            throw new StartRefusedException("--data-dir " + data + ": has no journal; next step: make one with "
                    + "--generate-only, or name a server's data directory");
        }
        final StartResult result = ServerStart.measure(
                data, isMakingSnapshot, count -> console.progress(Numbers.text(count) + " records applied"));
        if (isJson) {
            console.out().println(JsonText.of(result::write));
        } else {
            result.lines().forEach(console.out()::println);
        }
        return ExitStatus.OK;
    }

    private int measure() throws IOException, InterruptedException {
        final StartProcess process = new StartProcess(
                console.command(),
                List.of("bench", "recovery", "--start-only", "--json", "--data-dir", data.toString()));
        final List<StartResult> starts = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            starts.add(process.run());
            console.progress("start " + round + " of " + rounds + ": "
                    + starts.get(round - 1).lines().get(0));
        }
        final RecoveryResults results = new RecoveryResults(
                starts,
                Map.of(
                        "records", String.valueOf(records),
                        "mix", mix().label(),
                        "snapshot records", String.valueOf(snapshotRecords),
                        "collector of a start", StartProcess.collector(),
                        "file system", Files.getFileStore(data).type()));
        if (isJson) {
            console.out().println(JsonText.of(results::write));
        } else {
            results.lines().forEach(console.out()::println);
        }
        new Comparisons(console, new RunHistory(history)).keep(results.record());
        if (!results.isOneState()) {
            console.say("the starts did not come to one state; next step: " + console.command()
                    + " journal verify --data-dir " + data);
            return ExitStatus.NO;
        }
        return ExitStatus.OK;
    }
}
