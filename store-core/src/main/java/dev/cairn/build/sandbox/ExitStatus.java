// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.sandbox;

/**
 * How a process ended.
 *
 * @param code 0 for success; of no meaning after a signal
 * @param signal that ended it, 0 for none
 */
public record ExitStatus(int code, int signal) {
    private static final String[] SIGNALS = {
        "", "Hangup", "Interrupt", "Quit", "Illegal instruction", "Trace/breakpoint trap", "Aborted", "Bus error",
        "Floating point exception", "Killed", "User defined signal 1", "Segmentation fault",
        "User defined signal 2", "Broken pipe", "Alarm clock", "Terminated", "Stack fault", "Child exited",
        "Continued", "Stopped (signal)", "Stopped", "Stopped (tty input)", "Stopped (tty output)",
        "Urgent I/O condition", "CPU time limit exceeded", "File size limit exceeded", "Virtual timer expired",
        "Profiling timer expired", "Window changed", "I/O possible", "Power failure", "Bad system call",
    };

    /** What wait(2) gives. */
    static ExitStatus ofWait(int status) {
        return new ExitStatus(status >> 8 & 0xff, status & 0x7f);
    }

    public boolean isSuccess() {
        return code == 0 && signal == 0;
    }

    /** As in {@code builder for ... failed with exit code 1}. */
    public String description() {
        if (signal == 0) {
            return "failed with exit code " + code;
        }
        String name = signal < SIGNALS.length ? SIGNALS[signal] : "Unknown signal " + signal;
        return "failed due to signal " + signal + " (" + name + ")";
    }
}
