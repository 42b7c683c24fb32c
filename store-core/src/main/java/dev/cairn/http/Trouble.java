// SPDX-License-Identifier: Apache-2.0
package dev.cairn.http;

import dev.cairn.http.FetchException.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Why a server cannot be spoken to, in words for people. */
final class Trouble {
    private static final String NO_CONNECTION = "no connection (is there a network, is the server up?)";
    private static final String UNKNOWN_HOST = "the host is not known (is there a network?)";

    private Trouble() {}

    /** @param connected whether there was a connection, of which an answer was waited for */
    static FetchException of(URI address, IOException cause, boolean connected, Patience patience) {
        return switch (cause) {
            case SSLException e -> new FetchException(address, Kind.INSECURE, secrecy(e));
            case UnknownHostException _ -> new FetchException(address, Kind.UNREACHABLE, UNKNOWN_HOST);
            case HttpConnectTimeoutException _ -> noConnectionYet(address, patience);
            case SocketTimeoutException _ when !connected -> noConnectionYet(address, patience);
            case SocketTimeoutException _, HttpTimeoutException _ ->
                new FetchException(
                        address, Kind.BROKEN, "no answer within " + patience.answer().toSeconds() + " s");
            case ConnectException e when e.getCause() instanceof UnresolvedAddressException ->
                new FetchException(address, Kind.UNREACHABLE, UNKNOWN_HOST);
            case ConnectException _, NoRouteToHostException _ ->
                new FetchException(address, Kind.UNREACHABLE, NO_CONNECTION);
            default ->
                new FetchException(
                        address,
                        connected ? Kind.BROKEN : Kind.UNREACHABLE,
                        Optional.ofNullable(cause.getMessage()).orElse(cause.getClass().getSimpleName()));
        };
    }

    private static FetchException noConnectionYet(URI address, Patience patience) {
        return new FetchException(
                address, Kind.UNREACHABLE, "no connection within " + patience.connect().toSeconds() + " s");
    }

    /** What is wrong with a secure connection: nearly always the certificate. */
    static String secrecy(SSLException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case CertificateExpiredException _ -> {
                    return "its certificate has expired";
                }
                case CertificateNotYetValidException _ -> {
                    return "its certificate is not valid yet (is this machine's clock right?)";
                }
                case CertPathBuilderException _ -> {
                    return "its certificate is from nobody that this machine trusts";
                }
                case CertPathValidatorException e when e.getReason() == BasicReason.EXPIRED -> {
                    return "its certificate has expired";
                }
                case CertificateException e when e.getCause() == null -> {
                    return "its certificate is not accepted (" + e.getMessage() + ")";
                }
                default -> {}
            }
        }
        return "there is no secure connection (" + failure.getMessage() + ")";
    }
}
