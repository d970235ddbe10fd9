package io.holdfast.perf.rehearsal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The most units that were certainly held or sold at one time, by what the crowd was told: a hold counts from when its
 * answer was read to when it may have ended. Needs no word of the server's but those answers.
 */
final class Occupancy {
    private Occupancy() {}

    private record Change(long atNs, long units) {}

    static long most(final Collection<Grant> grants) {
        final List<Change> changes = new ArrayList<>(2 * grants.size());
        long origin = Long.MAX_VALUE;
        for (final Grant grant : grants) {
            origin = Math.min(origin, grant.knownSinceNs());
        }
        for (final Grant grant : grants) {
            if (grant.certainUntilNs() > grant.knownSinceNs()) {
                changes.add(new Change(grant.knownSinceNs() - origin, grant.units()));
                if (grant.certainUntilNs() != Grant.NEVER) {
                    changes.add(new Change(grant.certainUntilNs() - origin, -grant.units()));
                }
            }
        }
        changes.sort(
                (a, b) -> a.atNs() != b.atNs() ? Long.compare(a.atNs(), b.atNs()) : Long.compare(a.units(), b.units()));
        long occupied = 0;
        long most = 0;
        for (final Change change : changes) {
            occupied += change.units();
            most = Math.max(most, occupied);
        }
        return most;
    }
}
