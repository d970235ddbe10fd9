package io.holdfast.perf.load;

/** Takes the answers of measured requests. Called by the thread of each loop. */
@FunctionalInterface
public interface AnswerHandler {
    /** Wants none of them. */
    AnswerHandler NONE = (index, answer) -> {};

    /** Takes one answer, valid during the call. */
    void onAnswer(long index, Answer answer);
}
