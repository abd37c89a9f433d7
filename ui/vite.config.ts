/// <reference types="vitest/config" />
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const node = process.env["GROUNDWORK_API"] ?? "http://127.0.0.1:8600";

export default defineConfig({
  plugins: [react()],
  worker: { format: "es" },
  build: {
    target: "es2022",
    // The content security policy of the server forbids data: and blob: sources.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
  },
  server: { proxy: { "/api": { target: node, ws: true } } },
  test: {
    environment: "node",
    include: ["test/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // The browser and the local chain are slow on a busy machine; one after the other.
    fileParallelism: false,
  },
});
