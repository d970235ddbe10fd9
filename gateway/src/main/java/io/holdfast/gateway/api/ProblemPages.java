package io.holdfast.gateway.api;

import io.holdfast.gateway.http.ContentType;
import io.holdfast.gateway.http.Fault;
import io.holdfast.gateway.http.Reply;
import io.holdfast.gateway.json.RejectCode;

/** What stands behind the type of a problem, for whoever follows the link. */
final class ProblemPages {
    private static final int OK = 200;

    private ProblemPages() {}

    /** Whether there is a problem of this code; if so the reply describes it. */
    static boolean write(final String code, final Reply reply) {
        for (final RejectCode reject : RejectCode.values()) {
            if (reject.code().equals(code)) {
                write(code, reject.title(), reject.status(), reject.detail(), reply);
                return true;
            }
        }
        for (final Fault fault : Fault.values()) {
            if (fault.code().equals(code)) {
                write(code, fault.title(), fault.status(), fault.detail(), reply);
                return true;
            }
        }
        return false;
    }

    private static void write(
            final String code, final String title, final int status, final String detail, final Reply reply) {
        reply.begin(OK, ContentType.JSON)
                .body()
                .raw("{\"code\":")
                .string(code)
                .raw(",\"title\":")
                .string(title)
                .raw(",\"status\":")
                .number(status)
                .raw(",\"detail\":")
                .string(detail)
                .raw('}');
    }
}
