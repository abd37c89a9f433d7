package org.groundwork.networks.storage.erasure;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** The functions of Intel's library that are used, as they are in C ({@code erasure_code.h}). */
public final class IsaL {
  /** The name with the version of the interface: Debian's package libisal2. */
  public static final String LIBRARY = "libisal.so.2";

  /** Bytes of {@code gftbls} for each coefficient. */
  public static final int TABLE_BYTES = 32;

  private static final MemoryLayout INT = ValueLayout.JAVA_INT;
  private static final MemoryLayout POINTER = ValueLayout.ADDRESS;

  private final MethodHandle initTables;
  private final MethodHandle encodeData;
  private final MethodHandle cauchyMatrix;

  private IsaL(SymbolLookup library) {
    initTables = function(library, "ec_init_tables", INT, INT, POINTER, POINTER);
    encodeData = function(library, "ec_encode_data", INT, INT, INT, POINTER, POINTER, POINTER);
    cauchyMatrix = function(library, "gf_gen_cauchy1_matrix", POINTER, INT, INT);
  }

  /**
   * Loads the library.
   *
   * @throws IllegalArgumentException if it is not installed
   * @throws java.util.NoSuchElementException if it lacks a function
   */
  static IsaL load(String name) {
    return new IsaL(SymbolLookup.libraryLookup(name, Arena.global()));
  }

  /** {@code void ec_init_tables(int k, int rows, unsigned char *a, unsigned char *gftbls)}. */
  public void initTables(int k, int rows, MemorySegment coefficients, MemorySegment tables) {
    try {
      initTables.invokeExact(k, rows, coefficients, tables);
    } catch (Throwable e) {
      throw failure(e);
    }
  }

  /**
   * {@code void ec_encode_data(int len, int k, int rows, unsigned char *gftbls, unsigned char
   * **data, unsigned char **coding)}.
   */
  public void encodeData(
      int length,
      int k,
      int rows,
      MemorySegment tables,
      MemorySegment inputs,
      MemorySegment outputs) {
    try {
      encodeData.invokeExact(length, k, rows, tables, inputs, outputs);
    } catch (Throwable e) {
      throw failure(e);
    }
  }

  /** {@code void gf_gen_cauchy1_matrix(unsigned char *a, int m, int k)}. */
  public void cauchyMatrix(MemorySegment matrix, int total, int data) {
    try {
      cauchyMatrix.invokeExact(matrix, total, data);
    } catch (Throwable e) {
      throw failure(e);
    }
  }

  private static MethodHandle function(
      SymbolLookup library, String name, MemoryLayout... parameters) {
    return Linker.nativeLinker()
        .downcallHandle(library.findOrThrow(name), FunctionDescriptor.ofVoid(parameters));
  }

  private static RuntimeException failure(Throwable e) {
    return new IllegalStateException("the call of ISA-L failed", e);
  }
}
