/*
 * Of undici what sends requests. All of it, with fetch, mocks and caches, takes three times as long to load, and every
 * process that may ask a hub would wait for that.
 */
import connect from "undici/lib/api/api-connect.js";
import request from "undici/lib/api/api-request.js";
import Agent from "undici/lib/dispatcher/agent.js";
import Dispatcher from "undici/lib/dispatcher/dispatcher.js";
import ProxyAgent from "undici/lib/dispatcher/proxy-agent.js";

// As undici's index does it; tunnels through a proxy are made with `connect`.
Object.assign(Dispatcher.prototype, { connect, request });

export { Agent, ProxyAgent };
