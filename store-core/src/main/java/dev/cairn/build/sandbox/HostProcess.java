// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.sandbox;

import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A builder that Java started. */
final class HostProcess implements StartedBuilder {
    private final Process process;

    HostProcess(Process process) {
        this.process = process;
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public InputStream output() {
        return process.getInputStream();
    }

    @Override
    public boolean await(Duration limit) throws InterruptedException {
        return process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public ExitStatus status() {
        return new ExitStatus(process.exitValue(), 0);
    }

    @Override
    public void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
