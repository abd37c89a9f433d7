package org.groundwork.protocol.crypto;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * By libsecp256k1, Bitcoin Core's library and Ethereum's clients': the functions of {@code
 * secp256k1.h} and {@code secp256k1_recovery.h} that are used, which all its versions have alike.
 */
final class NativeSecp256k1 implements Secp256k1 {
  /** Newest first; Debian's packages libsecp256k1-1 to -6. */
  static final List<String> LIBRARIES =
      List.of("libsecp256k1.so.6", "libsecp256k1.so.5", "libsecp256k1.so.2", "libsecp256k1.so.1");

  /** {@code SECP256K1_CONTEXT_VERIFY | SECP256K1_CONTEXT_SIGN}. */
  private static final int SIGN_AND_VERIFY = 0x0301;

  /** {@code SECP256K1_EC_UNCOMPRESSED}. */
  private static final int UNCOMPRESSED = 2;

  private static final int SCALAR_BYTES = 32;
  private static final int COMPACT_BYTES = 64;
  private static final int OPAQUE_SIGNATURE_BYTES = 65;
  private static final int OPAQUE_KEY_BYTES = 64;
  private static final int KEY_BYTES = 65;

  private final MethodHandle parse;
  private final MethodHandle serialize;
  private final MethodHandle sign;
  private final MethodHandle recover;
  private final MethodHandle serializeKey;
  private final MemorySegment context;

  private NativeSecp256k1(SymbolLookup library) {
    parse =
        function(
            library,
            "secp256k1_ecdsa_recoverable_signature_parse_compact",
            ADDRESS,
            ADDRESS,
            ADDRESS,
            JAVA_INT);
    serialize =
        function(
            library,
            "secp256k1_ecdsa_recoverable_signature_serialize_compact",
            ADDRESS,
            ADDRESS,
            ADDRESS,
            ADDRESS);
    sign =
        function(
            library,
            "secp256k1_ecdsa_sign_recoverable",
            ADDRESS,
            ADDRESS,
            ADDRESS,
            ADDRESS,
            ADDRESS,
            ADDRESS);
    recover = function(library, "secp256k1_ecdsa_recover", ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    serializeKey =
        function(
            library, "secp256k1_ec_pubkey_serialize", ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_INT);
    context = context(library);
  }

  /**
   * Loads the library.
   *
   * @throws IllegalArgumentException if it is not installed
   * @throws java.util.NoSuchElementException if it lacks a function
   */
  static NativeSecp256k1 load(String name) {
    return new NativeSecp256k1(SymbolLookup.libraryLookup(name, Arena.global()));
  }

  /** One for all threads, blinded against who measures how long a signature takes. */
  private static MemorySegment context(SymbolLookup library) {
    MethodHandle create =
        Linker.nativeLinker()
            .downcallHandle(
                library.findOrThrow("secp256k1_context_create"),
                FunctionDescriptor.of(ADDRESS, JAVA_INT));
    MethodHandle randomize = function(library, "secp256k1_context_randomize", ADDRESS, ADDRESS);
    byte[] seed = new byte[SCALAR_BYTES];
    new SecureRandom().nextBytes(seed);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment context = (MemorySegment) create.invokeExact(SIGN_AND_VERIFY);
      check((int) randomize.invokeExact(context, arena.allocateFrom(JAVA_BYTE, seed)));
      return context;
    } catch (Throwable e) {
      throw failure(e);
    }
  }

  @Override
  public byte[] sign(byte[] secret, byte[] digest) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment key = arena.allocateFrom(JAVA_BYTE, secret);
      MemorySegment opaque = arena.allocate(OPAQUE_SIGNATURE_BYTES);
      MemorySegment compact = arena.allocate(COMPACT_BYTES);
      MemorySegment recoveryId = arena.allocate(JAVA_INT);
      try {
        check(
            (int)
                sign.invokeExact(
                    context,
                    opaque,
                    arena.allocateFrom(JAVA_BYTE, digest),
                    key,
                    MemorySegment.NULL,
                    MemorySegment.NULL));
      } finally {
        key.fill((byte) 0);
      }
      check((int) serialize.invokeExact(context, compact, recoveryId, opaque));
      byte[] signature = Arrays.copyOf(compact.toArray(JAVA_BYTE), SIGNATURE_BYTES);
      signature[64] = (byte) (27 + recoveryId.get(JAVA_INT, 0));
      return signature;
    } catch (Throwable e) {
      throw failure(e);
    }
  }

  @Override
  public Optional<byte[]> recover(byte[] signature, byte[] digest) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment compact = arena.allocate(COMPACT_BYTES);
      MemorySegment.copy(signature, 0, compact, JAVA_BYTE, 0, COMPACT_BYTES);
      MemorySegment opaque = arena.allocate(OPAQUE_SIGNATURE_BYTES);
      MemorySegment key = arena.allocate(OPAQUE_KEY_BYTES);
      MemorySegment message = arena.allocateFrom(JAVA_BYTE, digest);
      if ((int) parse.invokeExact(context, opaque, compact, signature[64] - 27) == 0
          || (int) recover.invokeExact(context, key, opaque, message) == 0) {
        return Optional.empty();
      }
      MemorySegment encoded = arena.allocate(KEY_BYTES);
      MemorySegment length = arena.allocateFrom(JAVA_LONG, KEY_BYTES);
      check((int) serializeKey.invokeExact(context, encoded, length, key, UNCOMPRESSED));
      return Optional.of(encoded.asSlice(1).toArray(JAVA_BYTE));
    } catch (Throwable e) {
      throw failure(e);
    }
  }

  private static MethodHandle function(
      SymbolLookup library, String name, MemoryLayout... parameters) {
    return Linker.nativeLinker()
        .downcallHandle(library.findOrThrow(name), FunctionDescriptor.of(JAVA_INT, parameters));
  }

  private static void check(int result) {
    if (result != 1) {
      throw new IllegalStateException("libsecp256k1 answered " + result);
    }
  }

  private static RuntimeException failure(Throwable e) {
    return new IllegalStateException("the call of libsecp256k1 failed", e);
  }
}
