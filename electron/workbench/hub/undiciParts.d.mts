export { Agent, buildConnector, ProxyAgent } from "undici";
