package io.holdfast.settlement.reconcile;

import io.holdfast.settlement.log.JournalHistory;
import io.holdfast.settlement.reconcile.MirrorState.LiveHold;
import io.holdfast.settlement.reconcile.RedisSession.Found;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Compares live holds and stock in Redis with the state that the journal leads to.
 *
 * <p>Both may move meanwhile. What differs at first sight is a suspect: the state moves on with the journal and the key is
 * read again, until they agree, or have stayed different in the same way for {@value #STANDS_MS} ms. Stock bears the
 * sequence that it is as of, so it is compared with the state as of just that record, however fast it changes.
 */
final class RedisComparison {
    /** How long a difference stays the same before it is one. The mirror writes within a fraction of that. */
    private static final long STANDS_MS = 2_500;

    /** What still changes after so long, and never agreed, is a difference, too. */
    private static final long SUSPECT_MAX_MS = 20_000;

    private static final long PAUSE_MS = 200;
    private static final long RECORDS_AHEAD_MAX = 5_000_000;
    private static final int KEYS_PER_READ = 500;

    /** Suspects that are remembered; when there are as many, they are looked into before the search goes on. */
    private static final int SUSPECTS_MAX = 50_000;

    private final JournalHistory history;
    private final MirrorState state;
    private final RedisSession redis;
    private final Findings findings;
    private final ReconcileProgress progress;
    private final Optional<RedisRepair> repair;
    private final LogicalTime time = new LogicalTime();
    private final KeyComparison keys = new KeyComparison(time);
    private final Map<String, Suspect> suspects = new LinkedHashMap<>();

    private Map<String, Long> graces = Map.of();

    /** Of the last suspects that were looked into: whether an interruption ended it. */
    private boolean isInterrupted;

    RedisComparison(
            final JournalHistory history,
            final MirrorState state,
            final RedisSession redis,
            final Findings findings,
            final ReconcileProgress progress,
            final Optional<RedisRepair> repair) {
        this.history = history;
        this.state = state;
        this.redis = redis;
        this.findings = findings;
        this.progress = progress;
        this.repair = repair;
    }

    /** Since when a key has differed in the same way. */
    private record Suspect(String content, long firstNs, long sinceNs) {}

    /**
     * Compares.
     *
     * @throws StoreUnreadableException when Redis cannot be read
     */
    void run() throws InterruptedException {
        if (isOfAnotherJournal()) {
            return;
        }
        moveOn();
        findWrongHolds();
        redis.scan(RedisSession.HOLD_PREFIX, this::findExtraHolds);
        settleHolds();
        suspects.clear();
        compareStock();
        if (isInterrupted) {
            throw new InterruptedException("interrupted while comparing with Redis");
        }
        findings.journalEnd(state.sequence());
    }

    private boolean isOfAnotherJournal() {
        final String journal = redis.cursor().getOrDefault("journal", "");
        if (journal.isEmpty() || journal.equals(history.id().toString())) {
            return false;
        }
        findings.add(new Difference(
                Difference.REDIS,
                "cursor",
                "journal",
                "journal id",
                history.id() + "; nothing else was compared",
                journal));
        return true;
    }

    private void moveOn() {
        state.advance();
        graces = state.drops();
        time.update(state.timeMs(), System.currentTimeMillis());
    }

    /** The holds that the state has, page by page: they should all be there. */
    private void findWrongHolds() {
        for (final Map.Entry<String, Long> drop : Map.copyOf(graces).entrySet()) {
            state.liveHolds(drop.getKey(), drop.getValue(), page -> {
                for (int from = 0; from < page.size(); from += KEYS_PER_READ) {
                    compare(page.subList(from, Math.min(page.size(), from + KEYS_PER_READ)));
                }
                if (suspects.size() >= SUSPECTS_MAX) {
                    settleHolds();
                }
                moveOn();
            });
        }
    }

    private void compare(final List<LiveHold> holds) {
        final List<Found> found = redis.read(
                holds.stream().map(hold -> RedisSession.HOLD_PREFIX + hold.id()).toList());
        for (int i = 0; i < holds.size(); i++) {
            final String id = holds.get(i).id().toString();
            suspect(id, keys.hold(id, Optional.of(holds.get(i)), found.get(i)));
        }
        findings.compared("holds", holds.size());
        progress.advance(holds.size());
    }

    /** The keys that Redis has: none should be without a live hold. What is in a live one's is known already. */
    private void findExtraHolds(final List<String> found) {
        moveOn();
        for (final String key : found) {
            final String id = key.substring(RedisSession.HOLD_PREFIX.length());
            if (liveHold(id).isEmpty()) {
                suspects.putIfAbsent(id, new Suspect("", System.nanoTime(), System.nanoTime()));
            }
        }
        if (suspects.size() >= SUSPECTS_MAX) {
            settleHolds();
        }
        progress.advance(found.size());
    }

    private void suspect(final String key, final List<Difference> differences) {
        if (!differences.isEmpty()) {
            final long nowNs = System.nanoTime();
            suspects.put(key, new Suspect(KeyComparison.contentOf(differences), nowNs, nowNs));
        }
    }

    /** Only an id as we write it is one: others are keys of nobody's. */
    private Optional<LiveHold> liveHold(final String id) {
        try {
            final UUID uuid = UUID.fromString(id);
            return uuid.toString().equals(id) ? state.liveHold(uuid, graces) : Optional.empty();
        } catch (final IllegalArgumentException e) {
            return Optional.empty(); // no hold has such an id
        }
    }

    /** Looks at the suspects again and again, until each agrees or is found guilty. */
    private void settleHolds() {
        while (!suspects.isEmpty() && pause()) {
            moveOn();
            final List<String> ids = List.copyOf(suspects.keySet());
            for (int from = 0; from < ids.size(); from += KEYS_PER_READ) {
                final List<String> some = ids.subList(from, Math.min(ids.size(), from + KEYS_PER_READ));
                final List<Found> found = redis.read(
                        some.stream().map(id -> RedisSession.HOLD_PREFIX + id).toList());
                for (int i = 0; i < some.size(); i++) {
                    final Optional<LiveHold> expected = liveHold(some.get(i));
                    final List<Difference> differences = keys.hold(some.get(i), expected, found.get(i));
                    if (isGuilty(some.get(i), differences)) {
                        report(differences);
                        repairHold(some.get(i), expected);
                    }
                }
            }
        }
    }

    private void repairHold(final String id, final Optional<LiveHold> expected) {
        if (repair.isPresent()) {
            final long ttlMs = expected.map(
                            hold -> hold.endsAtMs() - Math.max(state.timeMs(), System.currentTimeMillis()))
                    .orElse(0L);
            repair.get().put(RedisSession.HOLD_PREFIX + id, expected.map(LiveHold::fields), Math.max(0, ttlMs));
        }
    }

    /** Whether a suspect has differed in the same way for long enough; one that agrees is none any more. */
    private boolean isGuilty(final String key, final List<Difference> differences) {
        if (differences.isEmpty()) {
            suspects.remove(key);
            return false;
        }
        final long nowNs = System.nanoTime();
        final String content = KeyComparison.contentOf(differences);
        final Suspect before = suspects.getOrDefault(key, new Suspect(content, nowNs, nowNs));
        final Suspect now =
                new Suspect(content, before.firstNs(), before.content().equals(content) ? before.sinceNs() : nowNs);
        final boolean isGuilty = nowNs - now.sinceNs() > TimeUnit.MILLISECONDS.toNanos(STANDS_MS)
                || nowNs - now.firstNs() > TimeUnit.MILLISECONDS.toNanos(SUSPECT_MAX_MS);
        if (isGuilty) {
            suspects.remove(key);
        } else {
            suspects.put(key, now);
        }
        return isGuilty;
    }

    private void report(final List<Difference> differences) {
        differences.forEach(findings::add);
    }

    private boolean pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
            return true;
        } catch (final InterruptedException e) {
            isInterrupted = true;
            return false;
        }
    }

    /** Stock of all drops. The state moves on to the records that Redis is as of, and never past one that is awaited. */
    private void compareStock() {
        final Map<String, Boolean> open = new LinkedHashMap<>();
        graces.keySet().forEach(drop -> open.put(drop, true));
        findings.compared("drops", open.size());
        redis.scan(
                RedisSession.STOCK_PREFIX,
                found -> found.forEach(
                        key -> open.putIfAbsent(key.substring(RedisSession.STOCK_PREFIX.length()), true)));
        do {
            final List<String> drops = List.copyOf(open.keySet());
            for (int from = 0; from < drops.size(); from += KEYS_PER_READ) {
                compareStock(drops.subList(from, Math.min(drops.size(), from + KEYS_PER_READ)), open);
            }
        } while (!open.isEmpty() && pause());
    }

    private void compareStock(final List<String> drops, final Map<String, Boolean> open) {
        final List<Found> found = redis.read(
                drops.stream().map(drop -> RedisSession.STOCK_PREFIX + drop).toList());
        final List<Integer> byAge = new ArrayList<>();
        for (int i = 0; i < drops.size(); i++) {
            byAge.add(i);
        }
        byAge.sort((a, b) -> Long.compare(sequence(found.get(a)), sequence(found.get(b))));
        for (final int i : byAge) {
            final String drop = drops.get(i);
            advanceTo(sequence(found.get(i)));
            time.update(state.timeMs(), System.currentTimeMillis());
            final Optional<Map<String, String>> expected = state.stock(drop);
            final List<Difference> differences = keys.stock(drop, expected, found.get(i));
            if (isGuilty(drop, differences)) {
                report(differences);
                repair.ifPresent(it -> it.put(RedisSession.STOCK_PREFIX + drop, expected, 0));
                open.remove(drop);
            } else if (differences.isEmpty()) {
                open.remove(drop);
            }
        }
    }

    /** One that was edited may claim any sequence: the state is not to run to the end for it, past all the others. */
    private void advanceTo(final long sequence) {
        if (sequence - state.sequence() <= RECORDS_AHEAD_MAX) {
            state.advanceTo(sequence);
        }
    }

    /** What a stock is as of; 0 where it does not say, or says more than any journal could hold. */
    private static long sequence(final Found found) {
        final String text = found.fields().getOrDefault("sequence", "");
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
    }
}
