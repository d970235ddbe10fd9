package io.holdfast.perf.compare;

import io.holdfast.perf.report.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;

/**
 * How a goal came out.
 *
 * @param product its figure, and
 * @param bare the yardstick's, and
 * @param redis the peer's, each where it was measured
 * @param judged what was held against the goal, round by round: a ratio, a difference, or the figure itself
 */
record Finding(
        Aim aim,
        Optional<Figure> product,
        Optional<Figure> bare,
        Optional<Figure> redis,
        Optional<Figure> judged,
        Outcome outcome) {

    /** Whether it was. */
    enum Outcome {
        REACHED("reached"),
        NOT_REACHED("not reached"),
        NOT_MEASURED("not measured");

        private final String text;

        Outcome(final String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    static Finding of(final Aim aim, final Results results) {
        final Optional<Figure> product = results.figure(aim.row(), Side.HOLDFAST, aim.metric());
        final Optional<Figure> bare = results.figure(aim.row(), Side.BARE, aim.metric());
        final Optional<Figure> redis = results.figure(aim.row(), Side.REDIS, aim.metric());
        final Optional<Figure> judged = product.flatMap(figure -> judged(aim, figure, bare));
        return new Finding(
                aim,
                product,
                bare,
                redis,
                judged,
                judged.map(figure -> outcome(aim, figure)).orElse(Outcome.NOT_MEASURED));
    }

    private static Optional<Figure> judged(final Aim aim, final Figure product, final Optional<Figure> bare) {
        if (!aim.comparing().isBesideBare()) {
            return Optional.of(product);
        }
        if (aim.comparing().isRatio()) {
            return bare.flatMap(yardstick -> ratio(product, yardstick));
        }
        return bare.filter(yardstick -> isInTurn(product, yardstick))
                .map(yardstick -> besides(product, yardstick, product.unit(), (ours, theirs) -> ours - theirs));
    }

    /** The product's figure as so many times the peer's, where that says something. */
    Optional<Figure> besideRedis() {
        return aim.comparing() == Aim.Comparing.EXACTLY
                ? Optional.empty()
                : product.flatMap(ours -> redis.flatMap(theirs -> ratio(ours, theirs)));
    }

    private static Optional<Figure> ratio(final Figure product, final Figure other) {
        if (!isInTurn(product, other) || other.rounds().contains(0.0)) {
            return Optional.empty();
        }
        return Optional.of(besides(product, other, "×", (ours, theirs) -> ours / theirs));
    }

    private static boolean isInTurn(final Figure product, final Figure other) {
        return product.rounds().size() == other.rounds().size();
    }

    /** Round by round: the machine is not the same in any two of them. */
    private static Figure besides(
            final Figure product, final Figure other, final String unit, final DoubleBinaryOperator comparing) {
        final List<Double> rounds = new ArrayList<>();
        for (int i = 0; i < product.rounds().size(); i++) {
            rounds.add(comparing.applyAsDouble(
                    product.rounds().get(i), other.rounds().get(i)));
        }
        return new Figure(product.name() + ", beside " + other.name(), unit, product.goal(), rounds);
    }

    private static Outcome outcome(final Aim aim, final Figure judged) {
        final boolean isReached = switch (aim.comparing()) {
            case RATIO_AT_LEAST -> judged.median() >= aim.bound();
            case RATIO_AT_MOST, ABOVE_BARE_AT_MOST, AT_MOST -> judged.median() <= aim.bound();
            case EXACTLY -> judged.least() == aim.bound() && judged.most() == aim.bound();
        };
        return isReached ? Outcome.REACHED : Outcome.NOT_REACHED;
    }
}
