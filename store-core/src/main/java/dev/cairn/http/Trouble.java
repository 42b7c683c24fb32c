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

/**
 * Why a server cannot be spoken to, in words for people.
 *
 * @param route the way to it
 * @param patience how long was waited for it
 */
record Trouble(Route route, Patience patience) {
    /** @param connected whether there was a connection, of which an answer was waited for */
    FetchException of(URI address, IOException cause, boolean connected) {
        return switch (cause) {
            case SSLException e -> new FetchException(address, Kind.INSECURE, secrecy(e));
            case UnknownHostException _ -> unknownHost(address);
            case HttpConnectTimeoutException _ -> noConnectionYet(address);
            case SocketTimeoutException _ when !connected -> noConnectionYet(address);
            case SocketTimeoutException _, HttpTimeoutException _ ->
                new FetchException(
                        address, Kind.BROKEN, "no answer within " + patience.answer().toSeconds() + " s");
            case ConnectException e when isUnresolved(e) -> unknownHost(address);
            case ConnectException _, NoRouteToHostException _ ->
                new FetchException(
                        address, Kind.UNREACHABLE, noConnection() + " (is there a network, is the server up?)");
            default ->
                new FetchException(
                        address,
                        connected ? Kind.BROKEN : Kind.UNREACHABLE,
                        Optional.ofNullable(cause.getMessage()).orElse(cause.getClass().getSimpleName()));
        };
    }

    private FetchException unknownHost(URI address) {
        String unknown = route.proxy().map(proxy -> "the proxy " + proxy.getHost()).orElse("the host");
        return new FetchException(address, Kind.UNREACHABLE, unknown + " is not known (is there a network?)");
    }

    private FetchException noConnectionYet(URI address) {
        return new FetchException(
                address,
                Kind.UNREACHABLE,
                noConnection() + " within " + patience.connect().toSeconds() + " s");
    }

    private String noConnection() {
        return "no connection" + route.proxy().map(proxy -> " to the proxy " + proxy.getHost()).orElse("");
    }

    /** The JDK's client wraps that it does not know a host, more than once. */
    private static boolean isUnresolved(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return true;
            }
        }
        return false;
    }

    /** The JDK has no type of its own for that. */
    private static boolean isForAnother(CertificateException failure) {
        String said = String.valueOf(failure.getMessage());
        return said.startsWith("No name matching") || said.startsWith("No subject alternative");
    }

    /** What is wrong with a secure connection: nearly always the certificate. */
    private static String secrecy(SSLException failure) {
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
                case CertificateException e when isForAnother(e) -> {
                    return "its certificate is for another host (" + e.getMessage() + ")";
                }
                case CertificateException e when e.getCause() == null -> {
                    return "its certificate is not accepted (" + e.getMessage() + ")";
                }
                default -> {}
            }
        }
        if (String.valueOf(failure.getMessage()).contains("nrecognized SSL message")) {
            return "there is no secure connection (is it http: rather than https:?)";
        }
        return "there is no secure connection (" + failure.getMessage() + ")";
    }
}
