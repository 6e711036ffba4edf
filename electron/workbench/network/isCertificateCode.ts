/** OpenSSL's names of certificate errors, as Node passes them on. */
const certificateCode = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|HOSTNAME_MISMATCH|^INVALID_(CA|PURPOSE)$/;

/** Returns whether a connection failed with this code because the server's certificate is not trusted. */
export const isCertificateCode = (code: string): boolean => certificateCode.test(code);
