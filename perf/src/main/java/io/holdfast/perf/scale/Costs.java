package io.holdfast.perf.scale;

import java.util.List;

/**
 * What a hold costs in processor time, in microseconds.
 *
 * @param loopUs of an event loop
 * @param recordUs of the writer, for each record
 * @param syncUs of the writer, for each batch whatever it carries: the sync and its wake-ups
 * @param followersUs of the threads that follow the journal, while the rush lasts
 * @param runtimeUs of collector, compiler and the server's other threads
 * @param storesUs of embedded Postgres and Redis, while the rush lasts
 * @param generatorUs of what asks
 */
record Costs(
        double loopUs,
        double recordUs,
        double syncUs,
        double followersUs,
        double runtimeUs,
        double storesUs,
        double generatorUs) {
    Costs {
        for (final double us : new double[] {loopUs, recordUs, syncUs, followersUs, runtimeUs, storesUs, generatorUs}) {
            if (!(us >= 0) || !Double.isFinite(us)) {
                throw new IllegalArgumentException("a cost of " + us + " µs");
            }
        }
        if (loopUs == 0 || recordUs + syncUs == 0) {
            throw new IllegalArgumentException("event loops and writer cost something: " + loopUs + " µs a hold, "
                    + recordUs + " µs a record, " + syncUs + " µs a sync");
        }
    }

    /**
     * Fits them to samples.
     *
     * @param fitted all of them: how many records shared a sync tells what a record costs the writer, and what a sync
     * @param connections whose costs of the other stages are taken: they fall with the batches of an event loop's pass
     * @throws IllegalArgumentException when that cannot be told from these samples
     */
    static Costs fit(final List<Sample> fitted, final int connections) {
        final List<Sample> chosen = fitted.stream()
                .filter(each -> each.connections() == connections)
                .toList();
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured with " + connections + " connections");
        }
        final Line writer = Line.through(
                fitted.stream()
                        .mapToDouble(each -> 1 / each.journal().recordsPerSync())
                        .toArray(),
                fitted.stream().mapToDouble(each -> each.us(Stage.WRITER)).toArray());
        return new Costs(
                Sample.mean(chosen, each -> each.us(Stage.EVENT_LOOPS)),
                writer.fixed(),
                writer.slope(),
                Sample.mean(chosen, each -> each.us(Stage.FOLLOWERS)),
                Sample.mean(chosen, each -> each.us(Stage.COLLECTOR) + each.us(Stage.COMPILER) + each.us(Stage.OTHER)),
                Sample.mean(chosen, each -> each.us(Stage.STORES)),
                Sample.mean(chosen, each -> each.us(Stage.GENERATOR)));
    }
}
