package io.holdfast.perf.rehearsal;

/**
 * What the server knows its callers by.
 *
 * @param apiKey the storefront's
 * @param adminKey the operators'
 * @param paymentSecret signs payments
 */
public record Keys(String apiKey, String adminKey, String paymentSecret) {
    @Override
    public String toString() {
        return "Keys[not shown]";
    }
}
