/** The message will never be taken: wrong address, or refused for good. Anything else is tried again. */
export class DeliveryRefused extends Error {}
