package dev.parley.operations.diagnostics.check;

import dev.parley.operations.diagnostics.step.Examination;
import dev.parley.operations.diagnostics.step.Fault;
import dev.parley.operations.diagnostics.step.Finding;
import dev.parley.operations.diagnostics.step.StepName;
import dev.parley.shared.execution.Cancellation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** The way to a server: its name, a connection, TLS. Each is made for itself and thrown away. */
final class NetworkChecks {
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final Examination examination;
    private final Executor mayBlock;
    private final SSLSocketFactory tls;

    /** Uses {@code mayBlock} for the look-up of names, which nobody can break off. */
    NetworkChecks(Examination examination, Executor mayBlock, SSLSocketFactory tls) {
        this.examination = examination;
        this.mayBlock = mayBlock;
        this.tls = tls;
    }

    /** Where to go, once that is known. */
    @FunctionalInterface
    interface Target {
        URI find() throws Fault;
    }

    /**
     * Goes there step by step.
     *
     * @param known where to
     * @param setting which setting says where
     */
    URI reach(Target known, String setting) {
        URI target = examination.step(StepName.ADDRESS, () -> {
            URI found = known.find();
            return Finding.passed(found, found.toString());
        });
        String host = withoutBrackets(target.getHost());
        boolean secure = "https".equals(target.getScheme());
        int port = target.getPort() >= 0 ? target.getPort() : secure ? 443 : 80;
        if (isProxied(target)) {
            examination.step(
                    StepName.DNS,
                    () -> Finding.skipped(
                            "", "The JVM goes there through a proxy; the steps after this one do so too."));
            return target;
        }
        InetAddress address = examination.step(StepName.DNS, () -> look(host, setting));
        InetSocketAddress there = new InetSocketAddress(address, port);
        examination.step(StepName.TCP, () -> connect(there, host, setting));
        examination.step(
                StepName.TLS,
                () -> secure
                        ? shakeHands(there, host, setting)
                        : Finding.skipped("", "The address begins with http://, so nothing is encrypted on the way."));
        return target;
    }

    private Finding<InetAddress> look(String host, String setting) throws Fault {
        Duration patience = examination.patience(PATIENCE);
        CompletableFuture<InetAddress> answer = new CompletableFuture<>();
        Cancellation.Registration registration = examination.cancellation().onCancel(() -> answer.cancel(false));
        try {
            mayBlock.execute(() -> {
                try {
                    answer.complete(InetAddress.getByName(host));
                } catch (UnknownHostException | RuntimeException failure) {
                    answer.completeExceptionally(failure);
                }
            });
            InetAddress address = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return Finding.passed(address, host + " is " + address.getHostAddress() + ".");
        } catch (ExecutionException unknown) {
            throw new Fault(
                    "The name " + host + " is not known here. Check DNS and the network of this machine, and " + setting
                            + ".",
                    unknown);
        } catch (TimeoutException late) {
            throw new Fault(
                    "Nobody answers which address " + host + " has, within " + seconds(patience)
                            + ". Check which name servers this machine asks.",
                    late);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new CancellationException();
        } finally {
            registration.close();
        }
    }

    private Finding<String> connect(InetSocketAddress there, String host, String setting) throws Fault {
        Duration patience = examination.patience(PATIENCE);
        try (Socket socket = new GivenUpSocket(examination.cancellation())) {
            socket.connect(there, atLeastOne(patience));
            return Finding.passed("", "Port " + there.getPort() + " of " + host + " answers.");
        } catch (IOException failure) {
            examination.cancellation().check();
            throw new Fault(
                    "Nothing answers at " + host + ", port " + there.getPort() + " (" + failure.getMessage()
                            + "). Check this machine's firewall and route, and " + setting + ".",
                    failure);
        }
    }

    private Finding<String> shakeHands(InetSocketAddress there, String host, String setting) throws Fault {
        Duration patience = examination.patience(PATIENCE);
        try (Socket raw = new GivenUpSocket(examination.cancellation())) {
            raw.connect(there, atLeastOne(patience));
            raw.setSoTimeout(atLeastOne(patience));
            try (SSLSocket socket = (SSLSocket) tls.createSocket(raw, host, there.getPort(), true)) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
                socket.startHandshake();
                return Finding.passed("", socket.getSession().getProtocol() + ", the certificate is trusted.");
            }
        } catch (SSLException refused) {
            examination.cancellation().check();
            boolean trust = String.valueOf(refused.getMessage()).contains("PKIX")
                    || String.valueOf(refused.getMessage())
                            .toLowerCase(Locale.ROOT)
                            .contains("certificat")
                    || String.valueOf(refused.getMessage()).contains("subject alternative");
            throw new Fault(
                    trust
                            ? "The certificate of " + host + " is not trusted (" + refused.getMessage()
                                    + "). Add its issuer to the JVM's trust store, or check " + setting + "."
                            : "No TLS with " + host + " (" + refused.getMessage()
                                    + "). Check that nothing on the way breaks TLS, and " + setting + ".",
                    refused);
        } catch (IOException failure) {
            examination.cancellation().check();
            throw new Fault(
                    host + " takes connections, but does not speak TLS (" + failure.getMessage() + "). Check " + setting
                            + ", and that nothing on the way swallows TLS.",
                    failure);
        }
    }

    /** A socket that breaks off when nobody wants to know any more. */
    private static final class GivenUpSocket extends Socket {
        private final Cancellation.Registration registration;

        GivenUpSocket(Cancellation cancellation) {
            registration = cancellation.onCancel(this::breakOff);
        }

        private void breakOff() {
            try {
                super.close();
            } catch (IOException ignored) {
                // it is thrown away in any case
            }
        }

        @Override
        public synchronized void close() throws IOException {
            registration.close();
            super.close();
        }
    }

    private static boolean isProxied(URI target) {
        ProxySelector selector = ProxySelector.getDefault();
        return selector != null && selector.select(target).stream().anyMatch(proxy -> proxy.type() == Proxy.Type.HTTP);
    }

    /** Zero would mean: for ever. */
    private static int atLeastOne(Duration patience) {
        return (int) Math.max(1, patience.toMillis());
    }

    private static String seconds(Duration time) {
        return time.toSeconds() + " s";
    }

    /** The host of an IPv6 address, which a URI has in brackets. */
    private static String withoutBrackets(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
