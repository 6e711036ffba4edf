/** How many models are compared at most. */
export const mostCompared = 3;
