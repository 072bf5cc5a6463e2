"""Jupyter's own kernel tests (PyPI: jupyter_kernel_test) for the kernel named on the command line."""

import sys
import unittest

import jupyter_kernel_test

KERNEL = sys.argv.pop()


class TypeScriptKernel(jupyter_kernel_test.KernelTests):
    kernel_name = KERNEL
    language_name = "typescript"
    file_extension = ".ts"

    code_hello_world = "console.log('hello, world')"
    code_stderr = "console.error('to stderr')"
    complete_code_samples = ["1", "console.log('hi')", "function f(x: number) {\n  return x * 2\n}"]
    incomplete_code_samples = ["function f() {", "const a = [1, 2,", "if (true) {\n  1"]
    completion_samples = [{"text": "Math.ma", "matches": {"max"}}, {"text": "conso", "matches": {"console"}}]
    code_generate_error = "throw new Error('on purpose')"
    code_execute_result = [
        {"code": "1 + 2", "result": "3"},
        {"code": "[1, 2].map((v) => v * 2)", "result": "[ 2, 4 ]"},
    ]
    code_display_data = [
        {"code": "require('nurdle').display({ $display: () => ({ 'text/html': '<b>b</b>' }) })", "mime": "text/html"},
        {"code": "require('nurdle').display({ $display: () => ({ 'image/png': new Uint8Array([1]) }) })", "mime": "image/png"},
    ]
    code_history_pattern = "1 ? 2*"
    supported_history_operations = ("tail", "search")
    code_inspect_sample = "Math.max"
    code_clear_output = "require('nurdle').clearOutput()"


if __name__ == "__main__":
    unittest.main()
