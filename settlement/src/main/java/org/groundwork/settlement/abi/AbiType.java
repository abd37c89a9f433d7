package org.groundwork.settlement.abi;

import java.util.List;
import java.util.stream.Collectors;

/** A Solidity type. Values: see {@link AbiCodec}. */
sealed interface AbiType {
  int WORD = 32;

  /** As it stands in a signature that is hashed. */
  String canonical();

  boolean dynamic();

  /** Bytes in the head of whatever contains it. */
  default int headSize() {
    return WORD;
  }

  /** {@code uintN}. */
  record Uint(int bits) implements AbiType {
    @Override
    public String canonical() {
      return "uint" + bits;
    }

    @Override
    public boolean dynamic() {
      return false;
    }
  }

  /** {@code intN}. */
  record Int(int bits) implements AbiType {
    @Override
    public String canonical() {
      return "int" + bits;
    }

    @Override
    public boolean dynamic() {
      return false;
    }
  }

  /** {@code address}. */
  record Address() implements AbiType {
    @Override
    public String canonical() {
      return "address";
    }

    @Override
    public boolean dynamic() {
      return false;
    }
  }

  /** {@code bool}. */
  record Bool() implements AbiType {
    @Override
    public String canonical() {
      return "bool";
    }

    @Override
    public boolean dynamic() {
      return false;
    }
  }

  /** {@code bytesN}. */
  record FixedBytes(int size) implements AbiType {
    @Override
    public String canonical() {
      return "bytes" + size;
    }

    @Override
    public boolean dynamic() {
      return false;
    }
  }

  /** {@code bytes}. */
  record DynamicBytes() implements AbiType {
    @Override
    public String canonical() {
      return "bytes";
    }

    @Override
    public boolean dynamic() {
      return true;
    }
  }

  /** {@code string}. */
  record Text() implements AbiType {
    @Override
    public String canonical() {
      return "string";
    }

    @Override
    public boolean dynamic() {
      return true;
    }
  }

  /** {@code T[]}. */
  record ArrayOf(AbiType element) implements AbiType {
    @Override
    public String canonical() {
      return element.canonical() + "[]";
    }

    @Override
    public boolean dynamic() {
      return true;
    }
  }

  /** A struct, or the whole of a function's arguments. */
  record Tuple(List<Field> fields) implements AbiType {
    public Tuple {
      fields = List.copyOf(fields);
    }

    @Override
    public String canonical() {
      return fields.stream()
          .map(field -> field.type().canonical())
          .collect(Collectors.joining(",", "(", ")"));
    }

    @Override
    public boolean dynamic() {
      return fields.stream().anyMatch(field -> field.type().dynamic());
    }

    @Override
    public int headSize() {
      return dynamic() ? WORD : contentHeadSize();
    }

    int contentHeadSize() {
      return fields.stream().mapToInt(field -> field.type().headSize()).sum();
    }
  }

  /** A named member; {@code indexed} only in events. */
  record Field(String name, AbiType type, boolean indexed) {}
}
