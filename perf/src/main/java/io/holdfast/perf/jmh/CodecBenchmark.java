package io.holdfast.perf.jmh;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.holdfast.core.message.HoldImageDecoder;
import io.holdfast.core.message.HoldImageEncoder;
import io.holdfast.core.message.HoldPlacedDecoder;
import io.holdfast.core.message.HoldPlacedEncoder;
import io.holdfast.core.message.HoldStatus;
import io.holdfast.core.message.MessageHeaderDecoder;
import io.holdfast.core.message.MessageHeaderEncoder;
import io.holdfast.core.message.PlaceHoldDecoder;
import io.holdfast.gateway.access.BuyerToken;
import io.holdfast.gateway.access.BuyerTokens;
import io.holdfast.gateway.access.InvalidToken;
import io.holdfast.gateway.json.HoldJson;
import io.holdfast.gateway.json.JsonBuffer;
import io.holdfast.gateway.request.BodyReader;
import io.holdfast.gateway.request.HoldId;
import io.holdfast.gateway.request.HoldRequest;
import io.holdfast.gateway.request.InvalidRequest;
import io.holdfast.gateway.request.Messages;
import io.holdfast.gateway.request.Text;
import java.util.concurrent.TimeUnit;
import org.agrona.ExpandableArrayBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A hold's way through its codecs: from the request's body to the command, and from the image to the answer's body.
 * Each sample is of {@value #REQUESTS} different ones, so that the branches of one are not learnt by heart.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(CodecBenchmark.REQUESTS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CodecBenchmark {
    static final int REQUESTS = 1_024;

    private static final long CREATED_AT_MS = 1_800_000_000_000L;
    private static final long HOLD_MS = 300_000;
    private static final int PRICE_MINOR = 4_500;
    private static final String TOKEN_SECRET = "thirty-two-bytes-of-secret-or-more";
    private static final long TOKEN_EXPIRES_AT_MS = 4_000_000_000_000L;

    private final byte[][] plainBodies = new byte[REQUESTS][];
    private final byte[][] escapedBodies = new byte[REQUESTS][];
    private final ExpandableArrayBuffer[] commands = new ExpandableArrayBuffer[REQUESTS];
    private final ExpandableArrayBuffer[] images = new ExpandableArrayBuffer[REQUESTS];
    private final int[] imageLengths = new int[REQUESTS];
    private final ExpandableArrayBuffer[] events = new ExpandableArrayBuffer[REQUESTS];

    private final String[] authorizations = new String[REQUESTS];
    private final BuyerTokens tokens = new BuyerTokens(TOKEN_SECRET, System::currentTimeMillis);
    private final HoldRequest request = new HoldRequest(new BodyReader());
    private final Messages messages = new Messages();
    private final HoldId hold = new HoldId();
    private final Text drop = new Text();
    private final Text key = new Text();
    private final HoldJson holdJson = new HoldJson();
    private final JsonBuffer json = new JsonBuffer();
    private final MessageHeaderEncoder headerEncoder = new MessageHeaderEncoder();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final PlaceHoldDecoder place = new PlaceHoldDecoder();
    private final HoldPlacedEncoder placedEncoder = new HoldPlacedEncoder();
    private final HoldPlacedDecoder placed = new HoldPlacedDecoder();
    private final HoldImageDecoder image = new HoldImageDecoder();
    private final ExpandableArrayBuffer scratch = new ExpandableArrayBuffer(1_024);

    /** Makes the requests, commands, images and events. */
    @Setup
    public void encode() throws InvalidRequest {
        drop.set("spring-drop", 0, "spring-drop".length());
        final String pressed = "9b2fdc9e-1c53-4bd0-8a6b-0f6e3f2a7c11";
        key.set(pressed, 0, pressed.length());
        for (int i = 0; i < REQUESTS; i++) {
            final String buyer = String.format("b-%016x", SaleCommands.spread(i));
            final String body =
                    "{\"buyer\":\"" + buyer + "\",\"items\":[{\"sku\":\"GA\",\"quantity\":" + (1 + i % 4) + "}]}";
            plainBodies[i] = body.getBytes(US_ASCII);
            // The same buyer, spelt so that the plain reader leaves it to the strict one.
            authorizations[i] = "Bearer "
                    + BuyerTokens.mint(TOKEN_SECRET, new BuyerToken(buyer, "spring-drop", TOKEN_EXPIRES_AT_MS));
            escapedBodies[i] = body.replace("\"b-", "\"\\u0062-").getBytes(US_ASCII);
            hold.set(SaleCommands.spread(2L * i), SaleCommands.spread(2L * i + 1));
            request.read(plainBodies[i], plainBodies[i].length, true);
            commands[i] = new ExpandableArrayBuffer();
            messages.placeHold(commands[i], hold, drop, request, key);
            images[i] = new ExpandableArrayBuffer();
            imageLengths[i] = encodeImage(images[i], i);
            events[i] = new ExpandableArrayBuffer();
            encodePlaced(events[i], i);
        }
    }

    private int encodeImage(final ExpandableArrayBuffer target, final int number) {
        final HoldImageEncoder encoder = new HoldImageEncoder();
        encoder.wrapAndApplyHeader(target, 0, headerEncoder)
                .sequence(1_000_000L + number)
                .createdAtMs(CREATED_AT_MS + number)
                .expiresAtMs(CREATED_AT_MS + number + HOLD_MS)
                .amountMinor((long) PRICE_MINOR * request.quantity(0))
                .dropNumber(1)
                .status(HoldStatus.HELD)
                .currency("EUR");
        encoder.hold()
                .mostSignificantBits(hold.mostSignificantBits())
                .leastSignificantBits(hold.leastSignificantBits());
        encoder.itemsCount(1)
                .next()
                .skuIndex(0)
                .quantity(request.quantity(0))
                .priceMinor(PRICE_MINOR)
                .putSku(request.sku(0).bytes(), 0, request.sku(0).length());
        encoder.putDrop(drop.bytes(), 0, drop.length())
                .putBuyer(request.buyer().bytes(), 0, request.buyer().length());
        return encoder.limit();
    }

    private int encodePlaced(final ExpandableArrayBuffer target, final int number) {
        return placedEncoder
                .wrapAndApplyHeader(target, 0, headerEncoder)
                .putImage(images[number], 0, imageLengths[number])
                .putKey(key.bytes(), 0, key.length())
                .limit();
    }

    /** The body as programs write it, read and encoded as a command. */
    @Benchmark
    public int parsePlainHold() throws InvalidRequest {
        return parse(plainBodies);
    }

    /** The body spelt in a way that takes the strict reader. */
    @Benchmark
    public int parseEscapedHold() throws InvalidRequest {
        return parse(escapedBodies);
    }

    /** What a buyer's own call costs beside a storefront's: the token in its Authorization field, read and checked. */
    @Benchmark
    public int readBuyerToken() throws InvalidToken {
        int length = 0;
        for (final String each : authorizations) {
            length += tokens.read(each).buyer().length();
        }
        return length;
    }

    private int parse(final byte[][] bodies) throws InvalidRequest {
        int length = 0;
        for (final byte[] body : bodies) {
            request.read(body, body.length, true);
            length += messages.placeHold(scratch, hold, drop, request, key);
        }
        return length;
    }

    /** The answer's body: the hold as the buyer sees it. */
    @Benchmark
    public int writeHold() {
        int length = 0;
        for (final ExpandableArrayBuffer each : images) {
            holdJson.write(each, 0, CREATED_AT_MS, json.clear());
            length += json.length();
        }
        return length;
    }

    /** Every field of a command, its names by place and length. */
    @Benchmark
    public long decodePlaceHold() {
        long sum = 0;
        for (final ExpandableArrayBuffer each : commands) {
            place.wrapAndApplyHeader(each, 0, header);
            sum += place.hold().mostSignificantBits() ^ place.hold().leastSignificantBits();
            for (final PlaceHoldDecoder.ItemsDecoder item = place.items(); item.hasNext(); ) {
                sum += item.next().quantity() + item.skipSku();
            }
            sum += place.skipDrop() + place.skipBuyer() + place.skipKey();
        }
        return sum;
    }

    /** The event of a granted hold around an image that is there. */
    @Benchmark
    public int encodeHoldPlaced() {
        int length = 0;
        for (int i = 0; i < REQUESTS; i++) {
            length += encodePlaced(scratch, i);
        }
        return length;
    }

    /** The event and every field of its image, names by place and length. */
    @Benchmark
    public long decodeHoldPlaced() {
        long sum = 0;
        for (final ExpandableArrayBuffer each : events) {
            placed.wrapAndApplyHeader(each, 0, header);
            final int imageOffset = placed.limit() + Integer.BYTES;
            placed.skipImage();
            sum += placed.skipKey();
            image.wrapAndApplyHeader(each, imageOffset, header);
            sum += image.hold().mostSignificantBits() ^ image.hold().leastSignificantBits();
            sum += image.sequence() + image.createdAtMs() + image.expiresAtMs() + image.amountMinor();
            for (final HoldImageDecoder.ItemsDecoder item = image.items(); item.hasNext(); ) {
                sum += item.next().quantity() + item.priceMinor() + item.skipSku();
            }
            sum += image.skipDrop() + image.skipBuyer();
        }
        return sum;
    }

    /** What the answer says, for tests. */
    String answer() {
        return new String(json.bytes(), 0, json.length(), US_ASCII);
    }
}
