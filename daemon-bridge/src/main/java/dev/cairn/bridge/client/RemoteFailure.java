// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.client;

import dev.cairn.bridge.wire.ErrorReport;

/** A daemon answered a request with an error; the connection goes on, as a rule. */
final class RemoteFailure extends Exception {
    private final transient ErrorReport report;

    RemoteFailure(ErrorReport report) {
        super(report.message(), null, false, false);
        this.report = report;
    }

    ErrorReport report() {
        return report;
    }
}
