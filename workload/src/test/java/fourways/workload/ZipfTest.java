package fourways.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZipfTest {

    @ParameterizedTest
    @CsvSource({"1,1", "2,0.5", "3,2", "10,0.99", "1000,0.01", "1000,1", "1000,10"})
    void eachAccountsShareOfTheRandomNumbersFollowsTheLaw(int accounts, double exponent) {
        AccountChoice zipf = AccountChoice.zipf(accounts, exponent);
        int steps = 1 << 22;

        // Not random: evenly through all 64-bit numbers, so that each share is measured but for rounding at the two
        // ends of each account's pieces.
        int[] counts = new int[accounts];
        for (long step = 0; step < steps; step++) {
            counts[zipf.choose(step * (Long.MIN_VALUE / (steps / 2)))]++;
        }

        double sum = 0;
        for (int account = 0; account < accounts; account++) {
            sum += Math.pow(account + 1.0, -exponent);
        }
        for (int account = 0; account < accounts; account++) {
            double expected = Math.pow(account + 1.0, -exponent) / sum;
            assertEquals(expected, (double) counts[account] / steps, accounts * 2e-7 + 1e-6, "account " + account);
        }
    }

    @Test
    void equalIsWhatChoosesAlike() {
        assertEquals(AccountChoice.zipf(100, 0.9), AccountChoice.zipf(100, 0.9));
        assertEquals(
                AccountChoice.zipf(100, 0.9).hashCode(),
                AccountChoice.zipf(100, 0.9).hashCode());
        assertEquals(
                "Zipf[accounts=100, exponent=0.9]", AccountChoice.zipf(100, 0.9).toString());
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "10.5", "NaN", "Infinity"})
    void anExponentOutOfRangeIsRefused(double exponent) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> AccountChoice.zipf(10, exponent));

        assertEquals(
                "the Zipf exponent is " + exponent + ", allowed are more than 0 (which would be uniform) to 10.0",
                refused.getMessage());
    }
}
