"""Tests the 5SIM simulator with PyFiveSim, a third-party client of the real 5SIM (pinned in dev/requirements-test.txt).

`python foreign_fivesim.py http://127.0.0.1:5005`. It uses an account of its own, so other users of the simulator do not matter.
"""

import json
import sys
import unittest
import urllib.request
import uuid
from collections.abc import Callable
from typing import Any

from pyfivesim import PyFiveSimSync
from pyfivesim import exceptions as refused
from pyfivesim.enums.statuses import Status

SIMULATOR = sys.argv.pop() if __name__ == "__main__" else "http://127.0.0.1:5005"
COUNTRY, PRODUCT = "vietnam", "grindr"


def control(path: str, **body: object) -> None:
    """Call the simulator's control API."""
    request = urllib.request.Request(f"{SIMULATOR}/_sim/{path}", json.dumps(body).encode(), {"content-type": "application/json"})
    urllib.request.urlopen(request, timeout=10).close()


class ForeignClient(unittest.TestCase):
    """The simulator accepts each call, and each answer is valid for the client's models."""

    def setUp(self) -> None:
        self.token = f"sim-{uuid.uuid4()}"
        self.client = PyFiveSimSync(self.token, base_url=f"{SIMULATOR}/v1")

    def buy(self, scenario: str = "never", **asked: Any) -> Any:
        """Buy one number with this scenario."""
        control("scenario", scenario=scenario, country=COUNTRY, product=PRODUCT)
        return self.client.buy_number(PRODUCT, country=COUNTRY, **asked)

    def refuses(self, error: type[BaseException], call: Callable[[], object]) -> None:
        """Check that the client recognises this error."""
        self.assertRaises(error, call)

    def test_public_endpoints(self) -> None:
        countries = {country.name: country for country in self.client.get_countries_list()}
        self.assertEqual((countries["ghana"].iso, countries["ghana"].prefix), ("gh", "+233"))
        products = {product.name: product for product in self.client.get_available_products(COUNTRY, "any")}
        self.assertEqual(products[PRODUCT].category, "activation")
        self.assertGreater(products[PRODUCT].quantity, 0)

    def test_prices_in_all_four_shapes(self) -> None:
        self.assertGreater(len(self.client.get_prices()), 10)
        self.assertEqual(self.client.get_prices(country=COUNTRY).name, COUNTRY)
        self.assertEqual(self.client.get_prices(product=PRODUCT).name, PRODUCT)
        operators = self.client.get_prices(country=COUNTRY, product=PRODUCT)
        self.assertTrue(all(operator.operator_info.price > 0 for operator in operators))

    def test_a_purchase_with_a_code(self) -> None:
        bought = self.buy("code")
        self.assertEqual((bought.status, bought.sms, bought.country), (Status.RECEIVED, None, COUNTRY))
        control(f"orders/{bought.id}/sms", text="Your code is 123456", sender=PRODUCT, code="123456")
        read = self.client.get_order_info(bought.id).sms
        self.assertEqual((read[0] if isinstance(read, list) else read).code, "123456")
        self.refuses(refused.FiveSimUnknownError, lambda: self.client.action_with_order("cancel", bought.id))
        self.assertEqual(self.client.action_with_order("finish", bought.id).status, Status.FINISHED)

    def test_returned_numbers(self) -> None:
        for action, status in (("cancel", Status.CANCELED), ("ban", Status.BANNED), ("finish", Status.CANCELED)):
            # This client cancels an order that is finished without a message.
            self.assertEqual(self.client.action_with_order(action, self.buy().id).status, status)
        profile = self.client.get_user_profile()
        self.assertEqual((profile.balance, profile.frozen_balance, profile.total_active_orders), (1_000_000, 0, 0))
        self.assertEqual((profile.rating, profile.last_order.service), (95.7, PRODUCT))

    def test_lists_of_the_account(self) -> None:
        ids = [self.buy().id for _ in range(3)]
        orders = self.client.get_user_orders("activation", limit=2, reverse=True)
        self.assertEqual(([order.id for order in orders.data], orders.total), (ids[:0:-1], 3))
        self.assertIsNone(self.client.get_user_orders("hosting").data)
        self.assertEqual(self.client.get_user_payments().data.amount, 1_000_000)

    def test_price_limits(self) -> None:
        self.assertTrue(self.client.action_with_user_price_limits("create", PRODUCT, 0.01))
        self.assertEqual([(limit.product, limit.price) for limit in self.client.get_user_price_limits()], [(PRODUCT, 0.01)])
        self.refuses(refused.FiveSimNoFreePhones, self.buy)
        self.assertGreater(self.buy(max_price=1_000.5).price, 0.01)

    def test_errors(self) -> None:
        for scenario, error in (
            ("no_free_phones", refused.FiveSimNoFreePhones),
            ("out_of_funds", refused.FiveSimNotEnoughBalance),
            ("low_rating", refused.FiveSimNoEnoughRating),
            ("throttled", refused.FiveSimUnknownError),
            ("html_502_before", refused.FiveSimUnknownError),
        ):
            with self.subTest(scenario):
                self.refuses(error, lambda scenario=scenario: self.buy(scenario))
        buy = self.client.buy_number
        self.refuses(refused.FiveSimInvalidCountry, lambda: buy(PRODUCT, country="atlantis"))
        self.refuses(refused.FiveSimInvalidOperator, lambda: buy(PRODUCT, country=COUNTRY, operator="nobody"))
        self.refuses(refused.FiveSimInvalidProduct, lambda: buy("nothing", country=COUNTRY))
        self.refuses(refused.FiveSimOrderNotFound, lambda: self.client.get_order_info(1))
        self.refuses(refused.FiveSimInvalidAPIKey, PyFiveSimSync("foreign", base_url=f"{SIMULATOR}/v1").get_user_profile)
        self.assertFalse(self.client.reuse_number(PRODUCT, "84901234567"))


if __name__ == "__main__":
    unittest.main(verbosity=1)
