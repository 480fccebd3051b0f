from creativenorth.hooks import Hook


def test_a_hook_answers_what_all_answer_in_the_order_of_registration():
    hook = Hook("Called with a number; answers another.")

    @hook.register
    def double(number):
        return number * 2

    hook.register(abs)

    assert (hook(-3), list(hook), double(4)) == ([-6, 3], [double, abs], 8)
