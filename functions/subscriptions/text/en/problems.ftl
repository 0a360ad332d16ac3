### The problems of subscriptions.

already_on_plan = You have this plan
    .advice = Nothing is to be done: the plan goes on, or follows the running one, as you chose before.
    .detail = This plan goes on or follows already, so nothing was charged. GET /api/v1/subscription shows what follows.

plan_granted = Our staff set your plan
    .advice = Ask support. A plan that our staff gave is not paid by a subscription.
    .detail = Your plan was set by our staff and not by a subscription. Ask support to change it.
