// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.channels.Channel;
import java.nio.channels.ServerSocketChannel;
import java.util.Map;
import java.util.Optional;

/**
 * Takes a listening socket from whoever started this process, as systemd hands them over: file descriptors from 3 on,
 * their number in {@code LISTEN_FDS}, meant for the process {@code LISTEN_PID}.
 *
 * <p>The JDK takes one in place of standard input only, and shuts standard output and error in doing so. So the socket
 * is put there, and the other two are put back afterwards, by three calls of the C library.
 */
public final class Activation {
    private static final int FIRST = 3;

    private Activation() {}

    /**
     * The socket that this process was given, if it was given one; to be called once.
     *
     * @param environment the variables of the process
     */
    public static Optional<ServerSocketChannel> inheritedSocket(Map<String, String> environment)
            throws ServerException {
        String own = Long.toString(ProcessHandle.current().pid());
        String count = environment.getOrDefault("LISTEN_FDS", "");
        if (!own.equals(environment.get("LISTEN_PID")) || count.isEmpty() || count.equals("0")) {
            return Optional.empty();
        }
        if (!count.equals("1")) {
            throw new ServerException(
                    "this process was given " + count + " sockets, and can take one",
                    Optional.of("Name one ListenStream in the socket's unit, and start a daemon for each other."),
                    Optional.empty());
        }
        try {
            return Optional.of(take());
        } catch (IOException e) {
            throw new ServerException(
                    "the socket that this process was given cannot be used: " + e.getMessage(),
                    Optional.empty(),
                    Optional.of(e));
        }
    }

    private static ServerSocketChannel take() throws IOException {
        int output = call("dup", 1);
        int errors = call("dup", 2);
        call("dup2", FIRST, 0);
        Channel channel = System.inheritedChannel();
        call("dup2", output, 1);
        call("dup2", errors, 2);
        call("close", output);
        call("close", errors);
        call("close", FIRST);
        if (channel instanceof ServerSocketChannel socket) {
            return socket;
        }
        throw new IOException("it does not listen");
    }

    /** Calls a function of the C library that takes and gives integers. */
    @SuppressWarnings("restricted")
    private static int call(String function, int... arguments) throws IOException {
        Linker linker = Linker.nativeLinker();
        SymbolLookup library = linker.defaultLookup();
        ValueLayout[] parameters = new ValueLayout[arguments.length];
        Object[] values = new Object[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            parameters[i] = ValueLayout.JAVA_INT;
            values[i] = arguments[i];
        }
        MethodHandle handle = linker.downcallHandle(
                library.findOrThrow(function), FunctionDescriptor.of(ValueLayout.JAVA_INT, parameters));
        int result;
        try {
            result = (int) handle.invokeWithArguments(values);
        } catch (Throwable e) {
            throw new IOException(function + " cannot be called", e);
        }
        if (result < 0) {
            throw new IOException(function + " failed");
        }
        return result;
    }
}
