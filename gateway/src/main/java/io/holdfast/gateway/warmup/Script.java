package io.holdfast.gateway.warmup;

import io.holdfast.gateway.EdgeConfig;
import io.holdfast.gateway.access.PaymentSignature;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What the crowd says, line after line, and what it is to hear. Most press Buy, some for what is sold out, some again; others
 * look at the drop. Besides, each round has what is done with a hold, one thing that operators ask, and one mistake, in turn:
 * the JVM leaves out of what it compiles whatever it has not seen, so what is common in the first real drop is to have been
 * asked here.
 *
 * <p>Learns from the answers which holds there are. One thread. No buyer is named more than twice: more may be too often for
 * an operator's rate, of which the burst is two at least.
 */
final class Script {
    /** Lines of a round. All are said before an answer is heard, in no order, so none may need that another came before it. */
    static final int ROUND = 32;

    private static final int HOLDS_MAX = 64;
    private static final int PLENTY = 10_000_000;

    private static final int SHORT_PAGE = 5;

    /** For buffers that grow; it costs, so most pages are short. */
    private static final int LONG_PAGE = 300;

    private static final int ROUNDS_TO_A_LONG_PAGE = 16;

    private static final String DROP = "warm-up";
    private static final String SOLD_OUT = "warm-up-gone";
    private static final String SHORT = "warm-up-short";
    private static final String PAST = "warm-up-past";
    private static final String NO_SUCH = "no-such";
    private static final String NO_SUCH_HOLD = "00000000-0000-4000-8000-000000000000";
    private static final String ONE = item("GA", 1);

    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int NO_CONTENT = 204;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int UNPROCESSABLE = 422;
    private static final int TOO_MANY = 429;

    private static final String HOLD = "\"hold\":\"";

    private final EdgeConfig.Access access;
    private final boolean arePriced;
    private final boolean areLimited;
    private final ArrayDeque<String> holds = new ArrayDeque<>();

    private int number;

    /**
     * One request.
     *
     * @param statuses of which the answer is to have one
     * @param isLearnt whether the hold in the answer is one for others to ask about
     */
    record Line(String request, List<Integer> statuses, boolean isLearnt) {
        Line(final String request, final Integer... statuses) {
            this(request, Arrays.asList(statuses), false);
        }
    }

    /**
     * Begins at the opening.
     *
     * @param access the keys of who is asked
     * @param arePriced whether units have prices
     * @param areLimited whether there is an end to the drop, and to what one buyer gets
     */
    Script(final EdgeConfig.Access access, final boolean arePriced, final boolean areLimited) {
        this.access = access;
        this.arePriced = arePriced;
        this.areLimited = areLimited;
    }

    /**
     * Comes first, each line once the one before is answered: a drop that is over, whose memory is used again, and then one with
     * plenty, one sold out, one with holds of a second.
     */
    List<Line> opening() {
        return List.of(
                drop(PAST, 1, 300),
                press(PAST, "first", item("GA", 2), CONFLICT),
                operate(PAST, "close"),
                operate(PAST, "archive"),
                drop(DROP, PLENTY, 300),
                drop(SOLD_OUT, 1, 300),
                drop(SHORT, PLENTY, 1),
                press(SOLD_OUT, "first", ONE, CREATED));
    }

    Line next() {
        final Line line = line(number % ROUND, number / ROUND);
        number++;
        return line;
    }

    private Line line(final int place, final int round) {
        return switch (place) {
            case 0, 8, 16 -> press(DROP, buyer(number - 1), ONE, CREATED); // the press before once more
            case 1, 9, 10, 17, 18 -> press(SOLD_OUT, buyer(number), ONE, CONFLICT);
            case 2 -> press(SOLD_OUT, buyerOfLastRound(1), ONE, CONFLICT); // refused then
            case 3, 11 -> look("/v1/drops/" + DROP, access.apiKey());
            case 19 -> lookAsAnybody();
            case 22 -> press(SHORT, buyer(number), ONE, CREATED);
            case 24, 25, 26, 27 -> holds.isEmpty() ? look("/v1/drops/" + SHORT, access.apiKey()) : follow(place);
            case 28 -> look("/v1/drops/" + DROP + "/holds?buyer=" + buyerOfLastRound(4), access.apiKey());
            case 29 -> mistake(round);
            case 30 -> operate(round);
            default -> {
                final Line press = press(DROP, buyer(number), ONE, CREATED);
                yield new Line(press.request(), press.statuses(), true);
            }
        };
    }

    /** Without a key: from an image, which the drop may not be in yet, and within an address's rate. */
    private static Line lookAsAnybody() {
        return new Line(request("GET", "/v1/drops/" + DROP, "", ""), OK, NOT_FOUND, TOO_MANY);
    }

    /** What somebody does who has a hold. */
    private Line follow(final int place) {
        final String hold = holds.remove();
        final String path = "/v1/holds/" + hold;
        return switch (place) {
            case 24 -> look(path, access.apiKey());
            case 25 -> new Line(request("POST", path + "/extend", bearer(access.apiKey()), "{\"seconds\":600}"), OK);
            case 26 -> new Line(request("DELETE", path, bearer(access.apiKey()), ""), NO_CONTENT);
            default -> pay(hold);
        };
    }

    private Line mistake(final int round) {
        return switch (round % 7) {
            case 0 -> new Line(request("GET", "/v1/holds/" + NO_SUCH_HOLD, bearer(access.apiKey()), ""), NOT_FOUND);
            case 1 -> press(NO_SUCH, buyer(number), ONE, NOT_FOUND);
            case 2 -> press(DROP, buyer(number), item(NO_SUCH, 1), NOT_FOUND);
            case 3 -> press(DROP, buyer(number), "{}", BAD_REQUEST);
            case 4 -> press(DROP, buyerOfLastRound(6), item("GA", 2), UNPROCESSABLE); // a key for something else
            case 5 -> press(DROP, buyer(number), item("GA", 3) + ',' + item("B", 2), areLimited ? CONFLICT : CREATED);
            default -> pay(NO_SUCH_HOLD);
        };
    }

    private Line operate(final int round) {
        return switch (round % 4) {
            case 0 -> look("/v1/drops", access.adminKey());
            case 1 -> look("/v1/refunds?status=DUE&limit=" + SHORT_PAGE, access.adminKey());
            case 2 -> {
                final int limit = round % ROUNDS_TO_A_LONG_PAGE == 2 ? LONG_PAGE : SHORT_PAGE;
                yield look("/v1/drops/" + DROP + "/holds?status=HELD&limit=" + limit, access.adminKey());
            }
            default -> operate(DROP, "open");
        };
    }

    /** Is told each answer, with the line it is for. */
    void heard(final Line line, final String answer) {
        final int field = line.isLearnt() ? answer.indexOf(HOLD) : -1;
        if (field >= 0) {
            final int hold = field + HOLD.length();
            holds.add(answer.substring(hold, answer.indexOf('"', hold)));
            if (holds.size() > HOLDS_MAX) {
                holds.remove();
            }
        }
    }

    private static String buyer(final int number) {
        return "b-" + number;
    }

    private String buyerOfLastRound(final int place) {
        return buyer(number - number % ROUND - ROUND + place);
    }

    private static String item(final String sku, final int quantity) {
        return "{\"sku\":\"" + sku + "\",\"quantity\":" + quantity + '}';
    }

    private Line drop(final String drop, final int capacity, final int holdSeconds) {
        final String price = arePriced ? ",\"priceMinor\":4500,\"currency\":\"EUR\"" : "";
        final String limits =
                areLimited ? "\"closesAt\":\"2099-01-01T00:00:00Z\",\"maxHoldSeconds\":600,\"maxPerBuyer\":4," : "";
        final String skus = "{\"sku\":\"GA\",\"capacity\":" + capacity + price + "},{\"sku\":\"B\",\"capacity\":"
                + capacity + price + "}";
        return new Line(
                request(
                        "PUT",
                        "/v1/drops/" + drop,
                        bearer(access.adminKey()),
                        "{" + limits + "\"holdSeconds\":" + holdSeconds + ",\"paymentGraceSeconds\":0,\"skus\":[" + skus
                                + "]}"),
                CREATED);
    }

    private Line press(final String drop, final String buyer, final String items, final int status) {
        return new Line(
                request(
                        "POST",
                        "/v1/drops/" + drop + "/holds",
                        bearer(access.apiKey()) + "Idempotency-Key: press-" + buyer + "\r\n",
                        "{\"buyer\":\"" + buyer + "\",\"items\":[" + items + "]}"),
                status);
    }

    private Line operate(final String drop, final String what) {
        return new Line(request("POST", "/v1/drops/" + drop + '/' + what, bearer(access.adminKey()), ""), OK);
    }

    private Line look(final String path, final String key) {
        return new Line(request("GET", path, bearer(key), ""), OK);
    }

    private Line pay(final String hold) {
        final String payment = "{\"payment\":\"pi-" + number + "\",\"hold\":\"" + hold
                + "\",\"amountMinor\":4500,\"currency\":\"EUR\"}";
        final String signature = PaymentSignature.header(
                access.paymentSecrets().get(0), TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis()), payment);
        return new Line(request("POST", "/v1/payments", "Holdfast-Signature: " + signature + "\r\n", payment), OK);
    }

    private static String bearer(final String key) {
        return "Authorization: Bearer " + key + "\r\n";
    }

    private static String request(final String method, final String path, final String fields, final String body) {
        final String content =
                body.isEmpty() ? "" : "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n";
        return method + ' ' + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: holdfast-warm-up\r\nAccept: */*\r\n"
                + fields + content + "\r\n" + body;
    }
}
