package io.holdfast.perf.rehearsal;

import io.holdfast.perf.load.Answer;
import io.holdfast.perf.load.Failure;
import org.agrona.MutableDirectBuffer;

/** One request of somebody, until it is answered or lost. By the loop's thread. */
interface Errand {
    /** Writes the request at the beginning of the buffer, and returns its length. */
    int write(MutableDirectBuffer buffer);

    /** The answer; valid during the call. */
    void onAnswer(Answer answer, long sentNs, long receivedNs);

    /** There is none, and perhaps the server has acted all the same. */
    void onFailure(Failure failure, String detail);
}
