package io.thespace.limit;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** The key by which an anonymous caller is counted: the network of its address. */
public final class CallerNetwork {

    private CallerNetwork() {}

    /** An IPv6 caller commands at least its /64, so that counts as one address. */
    public static String of(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            byte[] bytes = InetAddress.getByName(address).getAddress();
            return bytes.length == 16 ? Arrays.toString(Arrays.copyOf(bytes, 8)) : address;
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
